"""Refusals of core and files (底层)."""

from onewindow.core.words import Words

GROUND = {
    "stale": Words(
        "您看的时候，这里刚被别人改过。现在显示的是最新情况，请看过再决定。",
        "Someone changed this while you were looking at it. What you see now is the latest; look again, then decide.",
    ),
    "once.key": Words("这张表缺少防重复的标记，请刷新后再交。", "This form lacks its token: reload and send again."),
    "once.reused": Words(
        "这张表已经交过一次，内容和这次不同。请先看看已交的那一份；确实要另交，再点一次。",
        "This form was sent before with other content. Look at what was sent first;"
        " if you do want to send another, press once more.",
    ),
    "journal.root": Words("日根文件 {file} 缺失或与签名不符。", "Root file {file} is missing or wrongly signed."),
    "fill.shapes": Words("库里还没有可以照着做的办件。", "There are no cases yet to take shapes from."),
    "installation.fixed": Words(
        "这个数据库建立时已定为演示库或正式库，不能再改。",
        "This database was made as a demo or as a real one; that cannot be changed.",
    ),
}

FILES = {
    "file.empty": Words("这个文件是空的，请重新选。", "This file is empty; choose another."),
    "file.too_large": Words(
        "文件太大，最多 {most}。可以拍得小一点，或分成几个。", "The file is too large: {most} at most."
    ),
    "file.kind": Words("只能放照片（JPG、PNG）或 PDF。", "Only photographs (JPG, PNG) and PDF can be added."),
    "file.lying": Words(
        "文件名的后缀 {suffix} 和内容不符，请用原来的文件。",
        "The ending {suffix} does not fit what is in the file; use the original.",
    ),
    "file.polyglot": Words(
        "这个文件里藏着别的内容，不能收。请重新拍照或扫描。",
        "Something else is hidden in this file. Photograph or scan the paper again.",
    ),
    "file.pixels": Words("照片尺寸太大，请缩小后再放。", "The picture has too many pixels; make it smaller."),
    "file.broken": Words(
        "文件打不开，可能没有存完整。请重新选。", "The file cannot be opened; it may be incomplete. Choose again."
    ),
    "file.locked": Words(
        "PDF 加了密码或打不开，请换一个没有密码的。", "The PDF is locked; choose one without a password."
    ),
    "file.active": Words(
        "PDF 里有会自己运行的内容（{found}），不能收。请打印后扫描。",
        "The PDF holds active content ({found}). Print it and scan the print.",
    ),
    "file.unsafe": Words("安全检查没有通过（{found}），不能收。", "The file did not pass the safety check ({found})."),
    "file.quota": Words(
        "还没提交的文件已有 {most} 个，请先提交或删掉几个。",
        "You have {most} files not submitted; submit or remove some first.",
    ),
    "file.too_many": Words("一件最多放 {most} 个文件。", "A case takes {most} files at most."),
    "file.attachment": Words("这个文件只能下载，不能在页面上看。", "This file can be downloaded only, not shown."),
}
