"""Which column a heading means that is not the column's name: slips of the pen, and usual headings of such tables.

Only ever proposed: a table is read by the names of its contract, and nothing is guessed.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection

from supplier_eval.intake.raw_table import column_key

NEAR = 0.6  # share of letters in common that makes a heading look like a slip of the pen
USUAL: dict[str, str] = {
    "bid": "投标编号 投标号 投标书编号 标书编号 投标文件编号 编号 投标 offer tender",
    "lot": "标段 标段号 标段编号 包号 分包 包 采购包 package",
    "bidder": "投标人 投标人编号 投标单位 供应商 供应商编号 投标方 supplier vendor company",
    "name": "名称 投标人名称 供应商名称 单位名称 公司名称 姓名 评委姓名 专家姓名 title",
    "received": "收到时间 递交时间 接收时间 签收时间 投标时间 收件时间 submitted received_at",
    "small_business": "小微企业 中小企业 小型企业 是否小微企业 sme",
    "requirement": "要求 要求编号 条件 资格条件 审查项 门槛 gate fact",
    "value": "值 取值 内容 响应 响应内容 结果 数值 answer response",
    "document": "文件 证明文件 证明材料 附件 依据 proof evidence",
    "checked_by": "审核人 审查人 核对人 检查人 reviewer checker",
    "note": "备注 说明 注 remark remarks",
    "criterion": "标准 标准编号 评审因素 评分项 评审项 评分因素 指标 criteria factor",
    "evaluator": "评委 评委编号 评审专家 专家 专家编号 评标专家 成员 评审人 member expert judge assessor",
    "mark": "得分 分数 评分 打分 分值 points score rating",
    "round": "轮次 评审轮次 轮 stage",
    "comment": "评语 意见 理由 备注 说明 评审意见 remark remarks",
    "kind": "类别 类型 身份 role type",
    "conflict_with": "回避 回避投标人 利益冲突 回避对象 conflict conflicts",
    "declared_on": "声明日期 申报日期 签署日期 declared date",
    "item": "项目 报价项 分项 分项编号 费用项 子目 position line",
    "quantity": "数量 工程量 用量 volume qty",
    "unit_price": "单价 综合单价 price rate",
    "amount": "报价 投标报价 金额 总价 投标总价 合价 合计 小计 price total sum",
    "amount_words": "大写金额 金额大写 大写 in_words",
    "opening_amount": "开标金额 开标价 唱标价 开标一览表报价 opening_price",
    "discount": "折扣 折扣率 下浮率 优惠率 rebate",
    "period": "期间 评价期 考核期 周期 年度 year",
    "score": "得分 分数 评分 考核得分 评价得分 points mark",
    "coverage": "覆盖率 覆盖",
    "lower": "下限 最低 low minimum",
    "upper": "上限 最高 high maximum",
    "case": "事项 案由 案件 issue",
    "asked_on": "询问日期 质询日期 提问日期",
    "asked": "询问 质询 问题 询问内容 question",
    "answered_on": "答复日期 回复日期",
    "answer": "答复 回复 答复内容 reply",
    "ruling": "裁定 决定 处理 处理结果 结论 decision",
    "by": "裁定人 决定人 经办人 作出人 decided_by",
    "on": "日期 裁定日期 决定日期 date decided_on",
    "reason": "理由 原因 依据 why",
}


def nearest_column(heading: str, columns: Collection[str]) -> str:
    """The column that a heading most likely means; empty where it means none of them.

    Parameters
    ----------
    heading : str
        As the file has it.
    columns : collection of str
        Names of the columns that may be meant.

    Returns
    -------
    str
        First by spelling, then by what the column is usually called, then by what looks or contains alike.
    """
    said = column_key(heading)
    if close := difflib.get_close_matches(said, list(columns), n=1, cutoff=NEAR):
        return close[0]
    called = {word: name for name in reversed(tuple(columns)) for word in USUAL.get(name, "").split()}
    if said in called:
        return called[said]
    if close := difflib.get_close_matches(said, list(called), n=1, cutoff=NEAR):
        return called[close[0]]
    held = [word for word in called if len(word) > 1 and word in said]
    return called[max(held, key=len)] if held else ""
