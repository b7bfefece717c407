/// Passwords that guessers try first, recognised by how they are made.
///
/// Lists of leaked passwords are mostly a few thousand words, keyboard walks and dates, varied alike. Going by how they
/// are made covers far more than any list that could be kept here, and needs nobody to be asked over a network
/// (ASVS 4.0.3, 2.1.7).
enum GuessablePasswords {
    /// - Parameter plain: the password in small letters without spaces.
    static func contains(_ plain: String) -> Bool {
        let scalars = Array(plain.unicodeScalars)
        return isNumber(scalars) || isRepeated(scalars) || isWalk(scalars) || isVariedWord(plain)
    }

    /// Telephone numbers, dates, numbers of identity cards.
    private static func isNumber(_ scalars: [Unicode.Scalar]) -> Bool {
        scalars.count < 20 && scalars.allSatisfy { $0.properties.numericType != nil }
    }

    /// One piece again and again: `abcabcabcabc`.
    private static func isRepeated(_ scalars: [Unicode.Scalar]) -> Bool {
        (1...6).contains { period in
            guard scalars.count >= period * 2 else { return false }
            return scalars.indices.dropFirst(period).allSatisfy { scalars[$0] == scalars[$0 - period] }
        }
    }

    /// Three of four steps lead to a key beside the last, or to the next letter of the alphabet.
    private static func isWalk(_ scalars: [Unicode.Scalar]) -> Bool {
        let steps = zip(scalars, scalars.dropFirst())
        let along = steps.count { $0 == $1 || neighbours.contains([$0, $1]) }
        return scalars.count > 3 && along * 4 >= (scalars.count - 1) * 3
    }

    private static let neighbours: Set<[Unicode.Scalar]> = {
        let ways = [
            "1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./", "abcdefghijklmnopqrstuvwxyz",
            "1qaz2wsx3edc4rfv",
            "5tgb6yhn7ujm8ik,9ol.0p;/", "!@#$%^&*()", "qazwsxedcrfvtgbyhnujmikolp", "q1w2e3r4t5y6u7i8o9p0",
            "1q2w3e4r5t6y7u8i9o0p", "01234567890",
        ]
        var pairs: Set<[Unicode.Scalar]> = []
        for way in ways {
            let keys = Array(way.unicodeScalars)
            for (one, next) in zip(keys, keys.dropFirst()) {
                pairs.insert([one, next])
                pairs.insert([next, one])
            }
        }
        return pairs
    }()

    /// A common word with digits and marks around it, or written twice, or with digits for letters.
    private static func isVariedWord(_ plain: String) -> Bool {
        func respelled(_ text: String) -> String { String(text.map { spelled[$0] ?? $0 }) }
        let bare = plain.trimming { !$0.isLetter }
        for stem in [bare, respelled(bare), respelled(plain).trimming { !$0.isLetter }] {
            let half = String(stem.prefix(stem.count / 2))
            if words.contains(stem) || (stem == half + half && words.contains(half)) { return true }
        }
        return false
    }

    private static let spelled: [Character: Character] = [
        "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
    ]

    private static let words: Set<String> = Set(
        """
        password passwd pass passport secret login welcome admin administrator root user guest test tester testing
        default changeme letmein master system manager service support server database oracle windows computer
        internet network security qwerty qwer asdf zxcv abc abcd abcde abcdef qaz qazwsx iloveyou love lovely
        sunshine princess dragon monkey shadow superman batman football baseball basketball michael jordan daniel
        jessica charlie ashley michelle summer winter spring autumn flower orange banana chocolate cookie cheese
        pepper ginger tigger hello world helloworld freedom whatever nothing trustno forever friend friends family
        mother father angel angels jesus heaven magic money lucky happy smile star stars starwars pokemon naruto
        finalfantasy needforspeed counterstrike leavemealone thunder hunter killer ranger phoenix tiger eagle falcon
        yankees lakers arsenal chelsea liverpool barcelona ferrari porsche mercedes mustang corvette harley yamaha
        samsung nokia sonyericsson motorola iphone android google facebook twitter youtube linkedin baidu taobao
        alibaba tencent wechat weixin qq weibo huawei xiaomi jingdong zhongguo china chinese beijing shanghai
        guangzhou shenzhen hangzhou ningbo wenzhou shaoxing jinhua jiaxing huzhou quzhou zhoushan taizhou lishui
        zhejiang xihu zhiheng zhengfu zhujian zhijian anjian anquan zhiliang jiandu jianguan gongcheng jianshe
        mima kouling denglu guanli guanliyuan woaini woaini wo woai wodemima nihao nimade caonima aini baobei laopo
        laogong haha hehe xixi meili kuaile xingfu pingan fengfu facai dashi laoshi xuesheng
        wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang
        wangwei zhangwei liwei liujie wangfang zhangsan lisi wangwu zhaoliu xiaoming xiaohong
        aa aaa aaaa qq qqq ww www zz zzz xx xxx as zx qw qwe asd zxc abcabc woaiwojia
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}

extension String {
    /// Without the characters at both ends for which something holds.
    fileprivate func trimming(_ isDropped: (Character) -> Bool) -> String {
        var rest = self[...]
        while let first = rest.first, isDropped(first) { rest.removeFirst() }
        while let last = rest.last, isDropped(last) { rest.removeLast() }
        return String(rest)
    }
}
