import Figures
import Foundation
import Testing

@testable import Statements

/// What the tests of plans share.
enum PlanSupport {
    /// Traditional characters with their simplified forms behind them: those the shared documents use.
    private static let pairs = """
        丟丢並并來来係系個个們们偽伪備备傳传傷伤僅仅價价優优內内兩两別别則则剛刚創创劃划劑剂動动務务勝胜勞劳勢势勵励區区協协厲厉參参呂吕員员問问啟启喪丧單单嗎吗嚴严國国\
        圍围園园圓圆圖图團团執执堅坚報报場场塊块壓压壘垒學学實实審审寬宽將将專专對对導导屢屡層层崗岗巹卺師师帶带幫帮幹干幾几廣广張张強强後后徑径從从復复徹彻惱恼愛爱態态\
        憂忧應应懲惩懾慑戰战戶户掛挂採采揚扬換换揮挥損损摯挚撐撑擁拥擇择擊击擔担據据擴扩擺摆數数斷断於于時时暫暂書书會会東东條条棄弃業业極极榮荣構构樓楼標标樣样樹树機机\
        橫横檔档檢检權权氣气決决沒没況况淪沦減减測测準准溝沟溫温滿满潔洁濃浓濟济濫滥為为烏乌無无煩烦熱热營营爭争牽牵狀状獎奖獲获現现環环產产畫画異异當当發发盡尽監监眾众\
        確确礎础種种稱称積积穩稳窩窝競竞節节範范築筑簡简籌筹約约納纳紐纽級级紡纺紮扎細细終终組组結结給给統统經经綜综綠绿維维綱纲網网緊紧線线編编練练縣县縱纵總总績绩織织\
        繞绕繼继續续纜缆義义習习聞闻聯联聲声職职聽听臨临臺台與与興兴舉举艱艰華华萬万蓋盖藝艺藥药蘇苏蘭兰處处號号術术衛卫補补裝装裡里製制複复見见規规視视覺觉觀观訂订計计\
        訓训記记設设許许訴诉評评詢询試试話话該该誌志認认語语誠诚誤误說说調调談谈請请論论諧谐諮咨諸诸諾诺謀谋講讲謝谢謬谬證证識识議议護护譽誉讀读變变讓让豐丰負负財财貫贯\
        責责買买貸贷費费貿贸賀贺資资質质購购趕赶趙赵趨趋踐践蹤踪躍跃車车軟软較较載载輪轮輸输輿舆轉转辦办農农這这進进遊游運运過过達达違违遠远適适選选還还鄉乡醫医針针鉛铅\
        銜衔錄录錢钱錫锡錯错錶表鍵键鎮镇鏈链鏡镜長长門门開开閒闲間间關关陽阳隊队階阶際际隨随險险隱隐隻只離离難难電电靈灵響响項项順顺須须預预頓顿領领頭头頸颈頻频題题顏颜\
        願愿類类顧顾顯显風风飛飞飲饮飽饱飾饰養养饅馒馳驰驗验體体鬆松魯鲁鮮鲜鹽盐麼么點点齊齐
        """

    /// The table that a reader of traditional characters is given.
    static let simplified: [Unicode.Scalar: Unicode.Scalar] = {
        let scalars = Array(pairs.unicodeScalars)
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for index in stride(from: 0, to: scalars.count - 1, by: 2) {
            table[scalars[index]] = scalars[index + 1]
        }
        return table
    }()

    /// A text as it is read.
    static func read(_ text: String, name: String = "-") -> ReadText {
        TextReader(simplified: simplified).read(text, name: name)
    }

    /// The targets of a text, each in one line.
    static func targets(_ text: String) -> [String] {
        TargetReader().targets(in: read(text)).map(\.summary)
    }

    /// The targets of a sentence that stands in a plan for 2024.
    static func planned(_ sentence: String) -> [PlanTarget] {
        TargetReader().targets(in: read("某市2024年质量工作计划\n\n一、工作任务\n\n" + sentence))
    }

    /// A document that is kept beside the package, `nil` where there is none.
    static func shared(_ path: String) -> String? {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = root.deletingLastPathComponent().appendingPathComponent("shared/" + path)
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            print("skipped: ../shared/\(path) is absent")
            return nil
        }
        return text
    }
}
