"""Samples of the front door."""

from __future__ import annotations

from yiyang.faces.public.showing import LandingPage, SignedOutPage, SignInPage
from yiyang.faces.shared.fields import Field, FormView, Option
from yiyang.faces.shared.showing import Fact

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
