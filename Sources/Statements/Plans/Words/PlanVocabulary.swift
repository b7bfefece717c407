/// The words by which the grammar of a plan finds its way. They are those of official Chinese in general;
/// none belongs to one region or one document.
enum PlanVocabulary {
    // MARK: What stands directly before a figure

    /// Words that make the figure a lower limit, itself included.
    static let atLeast = PlanWordList(
        """
        不低于 不少于 不小于 不下于 不得低于 不得少于 应不低于 至少 最少 最低 ≥ >= ≧ 大于等于 大于或等于 高于或等于 不亚于 达不低于
        """)
    /// Words that make the figure an upper limit, itself included.
    static let atMost = PlanWordList(
        """
        不超过 不得超过 不高于 不得高于 不大于 不多于 至多 最多 最高 ≤ <= ≦ 小于等于 小于或等于 低于或等于 不突破 不得突破 不超 不逾
        """)
    /// Words that make the figure a lower limit that has to be passed.
    static let above = PlanWordList("超过 高于 大于 多于 突破 超 逾 > ＞ 优于 超出 力超")
    /// Words that make the figure an upper limit that must not be reached.
    static let below = PlanWordList("低于 小于 少于 不足 不到 < ＜")
    /// Words that only say "about".
    static let about = PlanWordList("约 大约 近 接近")
    /// Words between a verb and its figure that change nothing.
    static let fillers = PlanWordList(
        """
        均 都 分别 各 全部 总体 基本 力争 确保 要 应 应当 须 必须 再 也 又 皆 共 总共 累计 合计 力求 争取 努力 的目标 目标 目标为 不断 持续 逐步 稳步 稳定 平均 全年
        年均 年内 同时 必 将 可 需 已 且 即 ： “ 了 任务
        """)
    /// Verbs of reaching: 达到 95%.
    static let reaching = PlanWordList(
        """
        达 达到 达至 到达 实现 为 是 占 占到 保持在 保持 稳定在 维持在 稳定保持在 分别在 均在 都在 应在 分别保持在 分别稳定在 分别控制为 始终保持在 提高到 提升到 提高至 提升至
        提高为 增加到 增加至 增至 增长到 增长至 上升到 上升至 扩大到 扩大至 拓展到 拓展至 扩展到 扩展至 发展到 发展至 升至 升到 达成 提至 提到 上升为 覆盖到 = ＝ 超额达到
        增到 壮大到 到 至 位居 不变
        """)
    /// Verbs of staying within: 控制在 94人以内.
    static let limiting = PlanWordList(
        """
        控制在 严格控制在 严控在 控制到 控制 限制在 压缩到 压缩至 压缩为 压减到 压减至 压降到 压降至 降到 降至 下降到 下降至 降低到 降低至 降为 减少到 减少至 减到 减至 缩短到
        缩短至 缩短为 缩减到 缩减至 减为 回落到 回落至
        """)
    /// Verbs of growth by the figure.
    static let rising = PlanWordList("提高 提升 增长 增加 上升 递增 新增 净增 多增 扩大 增")
    /// Verbs of decline by the figure.
    static let falling = PlanWordList("下降 降低 减少 压减 压缩 缩短 削减 缩减 回落 压降 减 降 双下降")

    // MARK: What stands before the name

    /// Words that begin a clause and say nothing about what is to be reached.
    static let leading = PlanWordList(
        """
        力争 确保 争取 努力 力求 力促 务必 务求 必须 应当 须 拟 计划 预计 要 将 使 把 让 并 且 而 同时 其中 此外 另外 另 进一步 以及 和 及 与 或 均 都 也 还 再 又
        累计 全年 今年 本年 本年度 年内 当年 年均 至少 最终 到时 届时 原则上 鼓励 支持 引导 指导 督促 推动 推进 促进 带动 保证 保障 确定 继续 通过努力 通过 一是 二是 三是
        四是 五是 六是 即 分别 务实 牢牢 共 进而 从而 最少 不少于 实现 达到 达成 目标是 目标为 主要目标 总体目标 工作目标 有条件的 组织好 力争使 确保使 努力使 推动使 牵头
        会同 配合 负责 全市要
        """)
    /// Words that say how something is to be done; they stand before a verb, else they belong to the name.
    static let adverbs = PlanWordList(
        """
        尽快 尽力 积极 切实 全面 全力 着力 大力 加快 不断 逐步 持续 稳步 扎实 深入 认真 严格 有效 有力 统筹 重点 主动 充分 有序 稳妥 坚决 探索 创新 着重 优先 尽早 抓紧
        联合 突出 圆满 顺利 高质量 高标准 按期 按时 如期 总体 基本 年度 分批 分期 逐年
        """)
    /// Verbs before a name that only say the thing is to be brought about or made better.
    static let driving = PlanWordList(
        """
        完成 保持 组织 提高 提升 增加 增强 加强 降低 减少 强化 优化 改善 健全 完善 落实 抓好 做好 巩固 扩大 狠抓 稳定 争创 夺取 力夺 达 做到 严控 控制 遏制 维持 加大 争
        抓实 抓牢 做实 做优 做大 做强 压降 深化
        """)
    /// What a driving or leading word must not be torn from: 完成率, 保障房, 组织机构.
    static let unsplit = PlanWordList(
        """
        全年计划 全年任务 全年目标 全年工作 全面质量 完成率 完成量 完成额 完成度 保障房 保障性 保障水平 保障率 保障覆盖 保障措施 保障能力 保障服务 保证金 保证率 组织机构 组织率 组织化 组织建设 组织体系 落实率 落实度 控制率
        控制数 控制值 控制价 控制指标 控制系统 稳定率 稳定性 稳定度 要素 要害 要求 要点 将军 使用 使命 把关 并购 并联 并网 并发 与会 及格 及时 和谐 和平 均等 均衡 均值 均价
        都市 都会 还款 还原 还建 再生 再就业 再造 再制造 再贷款 新型 新能源 新材料 新兴 新闻 新车 新房 新药 新产品 新农 新业 新建 新增 新开 新设 新改 新技 新质 新认 新办
        新培 新申 新立 新发 新获 新注 新签 新引 新创 新购 新投 新评 新修 新制 新植 新登 重点行业 重点企业 重点领域 重点单位 重点产品 重点食品 重点地区 重点区域 重点人群
        重点工程 重点项目 重点场所 重点监管 重点车辆 重点用能 重点排污 重点品种 重点岗位 重点河 重点流域 重点时段 重点环节 重点部位 重点事项 重点工业 重点建设 重点商品 重点消费
        重点检查 重点任务 重点工作 重点用水 重点监控 重点园区 重点镇 重点村 指标完成 指标任务 目标任务 目标完成 目标值 支持率 支持度 计划完成 计划生育 计划执行 指导性 指导价 指导率
        指导员 引导基金 深入率 通过率 创新型 创新能力 创新平台 创新中心 创新指数 创新券 创新产品 创新团队 创新示范 创新驱动 创新主体 创新性 目标考核 目标责任 年度抽查 年度抽检
        年度监督 年度检查 年度计划 年度任务 年度考核 年度目标 年均浓度 年均值 优化率 改善率 健全率 完善率 达标 达产 达州 提升率 提升工程 提高率 全面建 有效率 有效投诉 有效期
        有效发明 有效注册 有效专利 有效认证 有效处置率 有效供给 有效灌溉 有效管控率 持续改进 严重 严格执行率 严格落实率 增强型 落实情况 与去年 与上年 支持企业数 负责人 牵头单位
        配合度 配合率 优先级 优先保障 争议 争端 探索性 联合检查 联合执法 联合体 联合惩戒 联合抽查 通过验收 通过认证 通过评审 通过审核 共建 共享 共有产权 共性
        """)
    /// Whom or what a target covers, at the head of a name.
    static let scopes = PlanWordList(
        """
        全市 全省 全区 全县 全国 全镇 全州 全乡 全盟 全旗 全自治区 全街道 全系统 全行业 全厅 全局 全社会 全域 全辖区 全市各级 我市 我省 我区 我县 我镇 本市 本省 本区 本县
        本地区 辖区内 辖区 辖区范围内 行政区域内 全市范围内 全省范围内 全区范围内 全县范围内 各镇 各镇街 各乡镇 各街道 各镇（街道） 各乡镇（街道） 各镇（街道、园区） 各县 各区 各市
        各县区 各县（区） 各县（市） 各县（市、区） 各县（市）区 各市（州） 各市县 各区县 各市（区） 各市、区 各县市区 各地 各地区 各单位 各部门 各村 各村（社区） 市本级 区本级
        县本级 市区 城区 市县两级 全部门 各行业 各企业 市域 市域内 县域 县域内 省内 市内 区内 县内 每个县 每个镇 每县 每镇 每村 每个乡镇 每个县（市、区） 各市州 各设区市 各地市
        """)
    /// What must follow a scope for it to be none: 全市场, 全国性.
    static let scopeContinuations = PlanWordList("场 性 域 公 级 化 值 机")

    // MARK: Verbs of doing

    /// Verbs that bring forth counted things; they stay with the name.
    static let output = PlanWordList(
        """
        拥有 配有 捣毁 查获 抓获 收缴 销毁 侦办 下达 移送 吊销 责令 劝导 清退 试点 培养 培育 引进 引育 新增 净增 新建 建成 建设 创建 争创 打造 完成 实施 开展 组织 举办 召开 申报 制定 制修订 制订 修订 主导 参与 主导或参与 参与或主导 主导参与 主持
        主持或参与 牵头 发展 认定 新认定 评选 评定 评审 推广 推进 推行 改造 抽检 抽查 检查 检测 监测 检验 检定 培训 轮训 发放 发布 导入 通过 获得 获批 取得 夺取 选树 树立
        选择 选取 选派 选聘 遴选 确定 建立 设立 组建 成立 淘汰 关闭 退出 关停 取缔 整治 整改 排查 治理 办理 查处 查办 破获 侦破 化解 安排 投入 落实 演练 入库 签约 帮扶
        服务 走访 覆盖 受理 扶持 推荐 推出 推动 支持 指导 引导 壮大 孵化 集聚 招引 招录 招聘 配备 配置 购置 更新 新改建 改建 扩建 改扩建 续建 开工 竣工 投产 投用 提升
        转化 授权 注册 申请 登记 创成 创造 命名 表彰 筹建 筹集 补充 增加 减少 压减 编制 起草 出台 印发 立项 验收 复查 督查 巡查 暗访 约谈 曝光 公布 宣传 张贴 印制 播放
        制作 攻克 突破 参加 派出 聘请 聘任 聘用 授予 发展成 达标创建 拓展 新设 新设立 新开 新开通 开通 架设 安装 铺设 敷设 建造 种植 造林 绿化 修复 新创建 实现 争取 力争
        确保 组织开展 组织实施 组织申报 组织参加 组织举办 新培育 新引进 新申报 新发展 新获 新获得 新创 梯次培育 重点培育 择优 储备 做大 盘活 回收 处置 拆除 清理 消除 核查 抽样
        评价 评估 诊断 审查 审核 体检 检修 维修 维护 普查 调查 走访慰问 救助 资助 惠及 解决 解锁 挖掘 征集 收集 受训 上线 开发 研制 研发 形成 保持 创新 建好 对接 撮合
        举行 组建成 设置 投放 供应 供给 出动 发现 监控 督导 暗访检查 执法检查 监督抽查 监督检查 专项检查
        """)
    /// Verbs of doing that say nothing when the thing done is itself an activity: 组织申报…制修订.
    static let light = PlanWordList(
        """
        组织 组织申报 组织开展 组织实施 开展 实施 进行 完成 举办 落实 安排 申报 争创 力争 确保 实现 争取 推进 推动 达到 参加 组织参加 组织举办 举行 召开
        """)
    /// Verbs that lean on another one: 主导制修订.
    static let leaning = PlanWordList("主导 参与 牵头 组织 组织开展 支持 主导或参与 参与或主导 主导参与 主持 主持或参与 争取 开展 完成")
    /// What an activity ends with.
    static let activities = PlanWordList(
        """
        制修订 制定 修订 制订 检查 抽查 抽检 监测 检测 检验 培训 演练 审查 评价 评估 审核 诊断 工作 活动 整治 改造 建设 认证 宣传 咨询 服务 比对 验收 检定 行动 会议
        联席会议 调研 督查 巡查 排查 治理 执法 创建 申报 研究 试点 竞赛 比赛 讲座 工作量 任务 任务量 体检 采样 抽样 复查 监督抽查 风险监测 应急演练 巡讲 宣讲 论坛
        """)
    /// Things that name no subject of their own: 完成60%以上工作量.
    static let anaphors = PlanWordList("工作量 任务 任务量 目标 目标任务 总量 工作 工作任务 进度 建设任务 年度任务 总任务 任务数 计划 建设 投资 比例")
    /// Words behind a figure of parts that only say how well: 100%整改到位.
    static let complements = PlanWordList("到位 完毕 完成 生产 处理到位 落到实处 合规 达标到位 以上 及以上 左右 目标 的目标 任务 的任务 的要求 要求")
    /// What behind a count says what the things are made into.
    static let becoming = PlanWordList("作为 打造成 打造为 建成为 成为 建设成为 创建为 培育成为 培育成 列为 列入 评为 认定为 命名为")

    // MARK: Nouns of measure

    /// What the name of a measured thing ends with.
    static let metrics = PlanWordList(
        """
        率 比例 比重 占比 度 指数 数 数量 总数 总量 量 产值 增加值 总值 收入 投资 额 面积 里程 规模 能力 水平 人数 起数 件数 次数 户数 家数 浓度 天数 强度 密度 时间
        时限 成本 价值 得分 分值 排名 覆盖面 增幅 增速 均值 寿命 合格 优良 系数 保有量 批次 频次 容量 产量 产能 能耗 排放量 用水量 存量 增量 份额 贡献 周期 时长 期望
        """)
    /// Ways of measuring before a noun of measure: 监督抽查合格率.
    static let measuring = PlanWordList(
        """
        检查 使用 排查 巡查 合格 抽检 抽查 监督 监督抽查 监督抽检 检验 检测 评价性抽检 评价 验收 一次 一次验收 覆盖 满意 整改 查处 处置 办结 达标 执行 备案 持证 定检 检定 受检 送检 登记 普及
        及时 按期 定期 定期检验 使用 安装 监测 优良 不
        """)
    /// Words that compare with another time and name no subject.
    static let comparisons = PlanWordList("同比 环比 比上年 较上年 比去年 较去年 同比去年 比上年同期 较上年同期 年均 比上年度 较上年度 与上年相比 与去年相比")
    /// Words that count the members of a list behind it: 四项指标.
    static let listCounts = PlanWordList("项指标 项 个方面 个指标 大指标 类指标 类 个 者")
    /// Names that only say whose part a figure is: 省级15个，市级30个.
    static let levels = PlanWordList("国家级 省级 市级 县级 区级 镇级 部级 州级 乡级 市本级 区县级 县区级 省部级 其他 其余")
    /// What stands before a figure that counts how often something came about: 连续2次.
    static let repetitions = PlanWordList("连续 累计扣 历时 满 有效期 任期")
    /// Nouns of change that name no subject: 增速10%.
    static let bareChanges = PlanWordList("增速 增幅 降幅 增长率 下降率 增长速度 升幅 增长幅度 下降幅度")
    /// What a subject ends with that says whom a target covers.
    static let covered = PlanWordList(
        """
        企业 单位 市 县 区 镇 乡 村 街道 部门 机构 行业 系统 学校 医院 社区 局 园区 地区 县区 场所 市（区） 县（市、区） 镇（街道） 领域 地 （社区） （街道） （乡镇）
        （园区） （区） 户 家 校 店 站 所 小组 中心 协会
        """)
    /// Verbs behind a thing that say it is to be done so many times.
    static let trailing = PlanWordList("完成 实施 开展 达成 建成 发展 的 要 应 须 力争 确保 举办 数达 共")
    /// Nouns that are counted to tell the parts of a work, not its yield: 四项工程.
    static let structural = PlanWordList(
        """
        工程 行动 任务 措施 机制 体系 方面 环节 重点 关口 原则 要求 制度 目标 领域 阶段 层次 步骤 转变 责任 作用 意识 主体 必须 统一 结合 专项行动 专项 重点工程 重点任务
        关键 问题 关系 能力 文明 层面 档次 台阶 计划 战略 品牌战略 清单 基础 优势 维度 理念 方向 抓手 举措 重点工作 单位 部门 条例 办法 规定 意见 文件 通知 规划 方案
        会议精神
        """)

    // MARK: What makes a sentence one of the past, or a promise

    /// Words of what has happened.
    static let past = PlanWordList(
        """
        已 业已 截止 截至 去年 前年 上年度 今年以来 近年来 近几年 年以来 目前 据统计 据不完全 据快报 以来 共发生 共有 现有 名列 居全国 居全省 累计完成了 完成了 达到了 实现了
        取得了 建成了 新增了 提高了 提升了 下降了 增长了 增加了 减少了 降低了 培育了 开展了 组织了 制定了 出台了 发生了 获得了 建立了 查处了 举办了 培训了 检查了 上世纪 刚才
        被评为 被认定 被授予 被列 上半年全 上半年我 上半年， 据了解 是全国 居全 占到全 占全 共发生事故 期间共 期间全 时期，全 五年来 三年来 两年来 几年来 同期为 创历史 仅为 均未
        """)
    /// Words that compare with the past and belong to targets as well.
    static let baselines = PlanWordList(
        """
        比去年 较去年 与去年 同比去年 比上年 较上年 与上年 比上年度 较上年度 比前三年 比前年 比上年同期 较上年同期 比去年同期 较去年同期 在去年 在上年 在现有 现有基础 在已 比目前
        较目前 去年基础 上年基础 去年水平 上年水平 前三年平均 过去三年 以去年 比过去 历史最好 历史最高 历史最低 已建成投 已登记 已建成的 已备案 已认证 已取得 已发现 已获 已投用
        已立案 已受理 已投运 已建 已注册 已发证 已纳入 已整改 去年同期 上年同期 已有
        """)
    /// Words that promise.
    static let promising = PlanWordList(
        """
        力争 确保 争取 力求 务必 要 应 须 必须 不低于 不少于 不超过 不高于 不突破 控制在 至少 目标 年底前 年内 拟 计划 将 预期 下一步 今后 明年 下半年 应当 力促 保证
        约束性 预期性
        """)
    /// Words that look like a promise and are none.
    static let unpromising = PlanWordList(
        """
        主要 重要 需要 要求 要素 要点 要害 首要 必要 简要 摘要 适应 供应 应急 应用 反应 对应 相应 响应 效应 应对 应邀 将军 即将到 目标责任书 应检 应收 应届 纪要 应税
        应当前
        """)
    /// What a heading ends with under which past things are told, in whatever document.
    static let pastEndings = PlanWordList(
        """
        回顾 总结 成绩 成效 进展 现状 存在问题 存在的问题 主要问题 突出问题 完成情况 基本情况 进展情况 工作情况 发展基础 现实基础 工作基础 发展成就 主要成就 面临形势 形势
        面临的形势 面临挑战 挑战 面临的挑战 机遇 规划背景 编制背景 背景 概况 不足 形势与挑战 发展形势 现实挑战
        """)
    /// Words of headings under which past things are told, where the document is no plan.
    static let pastHeadings = PlanWordList(
        """
        回顾 总结 成绩 成效 进展 现状 问题 情况 发展基础 发展环境 形势 不足 背景 取得 面临 概况 上半年 去年 了 良好 明显 成就
        """)
    /// Headings under which is told what is to come.
    static let futureHeadings = PlanWordList(
        """
        目标 任务 措施 安排 打算 下一步 下半年 明年 今后 要求 重点工作 部署 计划 思路 主要工作 工作重点 工作指标 责任 职责 指标 举措 保障 行动
        """)
    /// What documents that set targets are called.
    static let planTitles = PlanWordList(
        """
        计划 规划 方案 要点 责任书 责任状 目标 实施意见 的意见 任务 行动 安排 部署 分解表 指标 工作意见 决定 纲要 承诺书 合同 指导意见 若干措施 措施
        """)
    /// What documents are called that set targets unless they tell what happened.
    static let noticeTitles = PlanWordList("通知 函 意见")
    /// What documents that tell what happened are called.
    static let reportTitles = PlanWordList("讲话 总结 报告 通报 情况 公报 简报 讲稿 致辞 发言 汇报 新闻 统计 白皮书 年报 综述 纪实 快报 解读")
    /// Money that is given or taken, which is no target.
    static let payments = PlanWordList(
        """
        奖励 补助 补贴 资助 罚款 处以 给予 奖金 奖补 一次性 处罚 奖 补 罚 抵押 赔偿 工资 津贴 经费 资金 预算 风险抵押金 保证金
        """)

    /// Payments that are reckoned in parts of a hundred.
    static let subsidies = PlanWordList("奖励 补助 补贴 资助 罚款 处以 给予 奖补 贴息 返还 扣减 滞纳金 加收")

    // MARK: Other marks

    /// How an annex begins.
    static let annexes = PlanWordList("附件 附表 附录 附： 附: 抄送 主题词")
    /// Words that name who answers for an item.
    static let responsibilities = PlanWordList(
        """
        责任单位 牵头单位 配合单位 责任部门 牵头部门 配合部门 责任处室 牵头处室 责任科室 牵头科室 责任主体 参与单位 参加单位 协办单位 主办单位 承办单位 负责单位 协同单位 实施单位
        负责部门 牵头责任单位 责任领导 责任人 牵头 负责 配合 参与 分工负责
        """)
}
