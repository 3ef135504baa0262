"""Samples of the front door."""

from __future__ import annotations

from yiyang.faces.public.showing import (
    CodesPage,
    Device,
    DevicesPage,
    EnrolPage,
    FactorPage,
    Key,
    LandingPage,
    SignedOutPage,
    SignInPage,
)
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.showing import Chip, Fact, Link, Notice

LANDING = LandingPage(
    "包头市",
    "包头市养老服务",
    "算清您能享受什么，说清为什么，送到您手里。",
    "/e/sign-in/",
    "/sign-in/",
    (
        Fact("打电话", "12349，养老服务热线", "全天有人接"),
        Fact("去窗口", "社区或街道的民政窗口，带身份证", "工作日"),
        Fact("请人代办", "家里人、社区工作人员都可以", "本人同意就行"),
    ),
)
_NAME = Field("username", "用户名", autocomplete="username")
_WORD = Field("password", "密码", "password", autocomplete="current-password")
SIGN_IN = SignInPage(FormView("/sign-in/", "登录", (_NAME, _WORD)))
SIGN_IN_WRONG = SignInPage(
    FormView(
        "/sign-in/",
        "登录",
        (Field("username", "用户名", value="qingshan", autocomplete="username"), _WORD),
        refused="没有登录：用户名或密码不对。再错 3 次要等 15 分钟。",
    )
)
SIGNED_OUT = SignedOutPage()
DUTY = SignInPage(
    FormView(
        "/sign-in/duty/",
        "进入",
        (
            Field(
                "duty",
                "这次以哪个身份工作",
                "radio",
                options=(
                    Option("1", "社区工作人员，六合成社区居委会", True),
                    Option("2", "街道（苏木乡镇）民政工作人员，青山路街道"),
                ),
            ),
        ),
    )
)

_CODE = Field(
    "code",
    "验证码",
    hint="验证器 App 上的 6 位数字；手机不在身边，填一个备用码",
    error="验证码不对，或者已经用过。请等下一个验证码再填。再错 4 次要等 15 分钟",
    autocomplete="one-time-code",
)
FACTOR = FactorPage(
    "第二步：验证是您本人",
    "密码已经对了。再证明一次，别人拿到密码也进不来。",
    FormView("/sign-in/factor/", "验证", (_CODE, Field("passkey", "", "hidden", required=False))),
    note="手机和备用码都不在了，请本单位系统管理员重设。",
)
# The square is a file that the site draws; a sample has none.
ENROL = EnrolPage(
    "wang.li",
    "",
    "7X3D GR3Z KGQP 5T2M 7X3D GR3Z KGQP 5T2M",
    FormView(
        "/sign-in/enrol/",
        "装好了",
        (Field("code", "App 上显示的 6 位验证码", autocomplete="one-time-code"),),
    ),
)
CODES = CodesPage(tuple(f"a{n}b2-c3d4-e5f6" for n in range(10)), Link("我记好了，继续", "/sign-in/onward/"))
PASSKEY = FactorPage(
    "登记通行密钥",
    "用这台设备的指纹、面容或锁屏密码代替手机验证码。私钥不离开设备。",
    FormView(
        "/me/passkeys/new/",
        "登记",
        (Field("label", "给它起个名字", value="办公电脑"),),
        cancel=Link("不改了", "/me/devices/"),
    ),
)
DEVICES = DevicesPage(
    (
        Device(2, "Chrome Windows", "203.0.113.7", "2026-11-22 08:31", "现在", here=True),
        Device(1, "微信 Android", "198.51.100.9", "2026-11-22 07:50", "2026-11-22 08:12", here=False),
    ),
    (
        Fact("密码", "已设置"),
        Fact("验证器 App", "已装好"),
        Fact("备用码", "还剩 2 个", chip=Chip("快用完了", "warn")),
    ),
    (Key(1, "办公电脑", "2026-11-20 09:00", "还没用过"),),
    Link("回工作页面", "/w/"),
    Notice("近 7 天有一次登录被换到另一种浏览器上用，已经结束。", "warn"),
)
