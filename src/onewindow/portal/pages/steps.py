"""Where in an application one is (办理进度)."""

from onewindow.core.words import Words

STEPS = (
    Words("回答问题", "Questions"),
    Words("填表", "Form"),
    Words("材料", "Papers"),
    Words("核对", "Check"),
    Words("提交", "Hand in"),
)
