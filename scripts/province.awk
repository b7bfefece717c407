# Writes enterprises.csv, projects.csv and hazards.csv of a made-up province. Reads the codes of its townships.
# The numbers come from a generator of its own (Park and Miller), so that every awk writes the same files.
function random(below) { seed = (seed * 16807) % 2147483647; return int(seed / 2147483647 * below) }
function pick(list, count) { return list[1 + random(count)] }

# The day so many days after 1970-01-01 (Hinnant, chrono-compatible low-level date algorithms).
function day(n,    era, doe, yoe, y, doy, mp, d, m) {
    if (n in days) return days[n]
    n += 719468; era = int(n / 146097); doe = n - era * 146097
    yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
    y = yoe + era * 400; doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
    mp = int((5 * doy + 2) / 153); d = doy - int((153 * mp + 2) / 5) + 1
    m = mp < 10 ? mp + 3 : mp - 9; if (m <= 2) y++
    return days[n - 719468] = sprintf("%04d-%02d-%02d", y, m, d)
}

# A credit code of 18 characters with its check digit (GB 32100).
function credit(county, n,    body, i, sum, rest) {
    body = sprintf("91%s%09d", county, n)
    sum = 0
    for (i = 1; i <= 17; i++) sum += substr(body, i, 1) * weight[i]
    rest = (31 - sum % 31) % 31
    return body substr("0123456789ABCDEFGHJKLMNPQRTUWXY", rest + 1, 1)
}

BEGIN {
    seed = 20260321; today = 20533
    split("1 3 9 27 19 26 16 17 20 29 25 13 8 24 10 30 28", weight, " ")
    placesCount = split("西溪 钱江 城北 滨江 运河 文晖 湖墅 古荡 留下 三墩 良渚 闲林 五常 仓前 未来 云栖 之江 大关 拱宸 望江 凤凰 四季 彭埠 笕桥 九堡 下沙 临平 塘栖 瓶窑 径山", places, " ")
    worksCount = split("花园 医院 中学 小学 科创园 人才公寓 安置房 商务中心 文化馆 体育馆 综合楼 产业园 研发楼 幼儿园 地铁站 综合管廊 污水厂 快速路 会展中心 图书馆", works, " ")
    phasesCount = split("一期 二期 三期 东区 西区 南区 北区 改造 扩建", phases, " ")
    firmsCount = split("中信 宏远 恒达 广厦 建工 城建 鸿翔 东方 华盛 信达 金茂 天成 国泰 永利 大华 兴业 瑞丰 新世纪 三建 五洋", firms, " ")
    categoriesCount = split("management excavation formwork scaffold lifting height temporary-electricity confined-space demolition machinery fire protective-equipment enclosure dust living-quarters foundation structure waterproofing materials records", categories, " ")
    partsCount = split("地下室顶板 一层大厅 二层楼面 三层临边 屋面 电梯井 东侧基坑 西侧脚手架 南侧围挡 北侧塔吊 楼梯间 配电房 钢筋加工场 材料堆场 生活区 办公区 卸料平台 后浇带 设备层 外立面", parts, " ")
    faultsCount = split("未设防护栏杆|连墙件缺失|配电箱未做重复接地|一机一闸未落实|安全网破损未更换|未按方案放坡|基坑周边堆载超限|特种作业人员无证上岗|灭火器过期|扬尘未覆盖|模板支撑立杆间距过大|剪刀撑未连续设置|吊钩保险装置失效|洞口盖板移位|未佩戴安全帽|作业面材料堆放混乱|混凝土试块留置不足|钢筋保护层不足|安全技术交底未签字|有限空间未检测气体", faults, "|")
    typesCount = split("housing public-building industrial-building road rail pipeline decoration", types, " ")
}
{ townships[++townshipsCount] = $1 }
END {
    if (!townshipsCount) exit 1
    file = folder "/enterprises.csv"
    print "credit_code,name,type,region,qualification_number" > file
    for (i = 1; i <= enterprises; i++) {
        county = substr(townships[1 + (i * 7919) % townshipsCount], 1, 6)
        party[i] = credit(county, i)
        firm[i] = sprintf("浙江%s%s建设集团第%d有限公司", pick(places, placesCount), pick(firms, firmsCount), i)
        printf "%s,%s,contractor,%s,D%09d\n", party[i], firm[i], county, i > file
    }
    close(file)
    file = folder "/projects.csv"
    print "name,project_code,region,address,type,floor_area_m2,storeys_above,contractor,contractor_name,started_on" > file
    for (i = 1; i <= projects; i++) {
        township = townships[1 + (i * 104729) % townshipsCount]
        county = substr(township, 1, 6)
        # What the door will number it, so that hazards can refer to it.
        number[i] = sprintf("GC-%s-2026-%05d", county, ++taken[county])
        at[i] = pick(places, placesCount)
        by = 1 + random(enterprises)
        printf "%s%s%s%d号楼,2603-%s-04-01-%06d,%s,%s路%d号,%s,%d,%d,%s,%s,%s\n", at[i], pick(works, worksCount), pick(phases, phasesCount), 1 + random(40), county, i, township, at[i], 1 + random(999), pick(types, typesCount), 800 + random(90000), 1 + random(40), party[by], firm[by], day(today - 30 - random(900)) > file
    }
    close(file)
    file = folder "/hazards.csv"
    print "site,origin,found_on,category,grade,part,description,due_on,measures_taken,notified_on,stopped_on,submitted_on,transferred_on,closed_on" > file
    for (i = 1; i <= hazards; i++) {
        fate = random(1000)
        found = fate < 870 ? today - 20 - random(1100) : today - random(fate < 900 ? 4 : 24)
        notified = stopped = submitted = transferred = closed = due = taken_measures = ""
        if (fate < 850) {
            notified = found + random(2); due = notified + 3 + random(12)
            submitted = notified + 1 + random(16); closed = submitted + random(4)
        } else if (fate < 870) transferred = found + random(3)
        else if (fate >= 900) {
            notified = found; due = found + 3 + random(20)
            if (fate < 910) stopped = found
            if (fate >= 970) { submitted = found + random(today - found + 1) }
        }
        if (submitted != "") taken_measures = "已按要求整改并复核"
        building = 1 + random(40)
        part = pick(parts, partsCount)
        printf "%s,%s,%s,%s,%s,%d号楼%s,%d号楼%s%s,%s,%s,%s,%s,%s,%s,%s\n", number[1 + random(projects)], random(10) ? "inspection" : "self-report", day(found), pick(categories, categoriesCount), random(40) ? "general" : "major", building, part, building, part, pick(faults, faultsCount), due == "" ? "" : day(due), taken_measures, notified == "" ? "" : day(notified), stopped == "" ? "" : day(stopped), submitted == "" ? "" : day(submitted), transferred == "" ? "" : day(transferred), closed == "" ? "" : day(closed) > file
    }
    close(file)
}
