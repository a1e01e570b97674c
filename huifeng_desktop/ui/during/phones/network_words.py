"""What the secretary is told about the network: which one, what to do, and what to fall back on.

Sentences and commands only; which programs this machine has is handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huifeng_desktop.service.door.networks import NetworkAddress, NetworkKind

FALLBACKS = "手机连不上也不耽误：扫证件 → 键入姓名 → 签到纸（会后按序号补录）。"
SAME_NETWORK = "手机要连在同一个网络上，不能用手机自己的流量。"
ISOLATED = (
    "访客 Wi-Fi 常把设备互相隔开。请改用这台电脑的热点：Windows 在“设置 → 网络和 Internet → 移动热点”，"
    "麒麟、统信在“设置 → 网络 → 个人热点”；手机连上后，在这里重新选网络。"
)
OWN_HOTSPOT = "手机要连上这台电脑的热点；手机提示“此网络无法上网”时，选“仍然使用”。"

_NAMES = {
    NetworkKind.HOTSPOT: ("本机热点", "手机直接连这台电脑，最稳当"),
    NetworkKind.WIRELESS: ("无线网", "会议室 Wi-Fi，手机多半也在这里"),
    NetworkKind.WIRED: ("有线网", "会议室 Wi-Fi 与它相通时，手机才连得上"),
    NetworkKind.PUBLIC: ("公网", "一般不是会议室的网络，慎用"),
    NetworkKind.UNCONNECTED: ("没有分到地址", "网线或 Wi-Fi 没有接通，手机连不上"),
    NetworkKind.VIRTUAL: ("虚拟网卡", "手机连不上"),
}


@dataclass(frozen=True, slots=True)
class Advice:
    """A sentence, and the command that goes with it, if any."""

    words: str
    command: str = ""


def network_name(address: NetworkAddress) -> str:
    """无线网 wlan0."""
    return f"{_NAMES[address.kind][0]} {address.interface}".strip()


def network_hint(address: NetworkAddress) -> str:
    """What to expect of it."""
    return _NAMES[address.kind][1]


def firewall_advice(platform: str, has_program: Callable[[str], bool], port: int) -> Advice:
    """How this machine's firewall is told to let the port through. `platform` is `sys.platform`."""
    if platform == "win32":
        words = (
            "防火墙：弹出“Windows 安全中心”询问时，“专用网络”“公用网络”都勾上，点“允许访问”。当时点了取消的，"
            "打开“控制面板 → Windows Defender 防火墙 → 允许应用通过防火墙 → 更改设置”，把本程序的“专用”“公用”"
            "都勾上；仍不行，请管理员在命令提示符里执行："
        )
        rule = f"dir=in action=allow protocol=TCP localport={port}"
        return Advice(words, f'netsh advfirewall firewall add rule name="会风签到" {rule}')
    if has_program("ufw"):
        return Advice(_terminal("ufw"), f"sudo ufw allow {port}/tcp")
    if has_program("firewall-cmd"):
        return Advice(_terminal("firewalld"), f"sudo firewall-cmd --add-port={port}/tcp")
    if platform == "linux":
        return Advice("防火墙：这台电脑没有装 ufw 和 firewalld，多半不是防火墙挡住的，请看下一条。")
    return Advice(f"防火墙：请允许本程序接收传入连接（TCP 端口 {port}）。")


def _terminal(name: str) -> str:
    return f"防火墙：这台电脑装有 {name}。请在终端里执行下面一行（要管理员密码），手机就能连进来："


def what_to_try(address: NetworkAddress, firewall: Advice) -> list[Advice]:
    """In the order of likelihood, for an address that nobody has reached yet."""
    if address.kind is NetworkKind.HOTSPOT:
        return [Advice(OWN_HOTSPOT), firewall]
    return [Advice(SAME_NETWORK), firewall, Advice(ISOLATED)]


def visitors_words(count: int, at: str) -> str:
    """Proof that telephones get through; `at` is HH:MM:SS of the last one."""
    return f"已有 {count} 台设备打开过（{at}）"


def turn_words(turn: str, at: str, for_phones: bool) -> str:
    """The network has moved, is lost or is back; "" for a turn that nobody knows."""
    what = "手机签到" if for_phones else "平板和遥控"
    return {
        "moved": f"会场网络的地址变了，{what}已改到 {at}；码已更换，请重新扫码。",
        "lost": (
            f"会场网络断了，{what}暂时连不上，已签到的都在。"
            "请先扫证件、键入姓名或用签到纸，网络恢复后自动继续。"
        ),
        "back": f"会场网络恢复了，{what}继续，地址 {at}。",
    }.get(turn, "")
