"""The papers that go out: 签到明细, 出席情况统计表 and 发言用时表, as XLSX for print and CSV for data.

A paper is first made as plain rows (`Paper`), then written; a writer knows nothing of meetings.
"""
