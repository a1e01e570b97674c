"""Run as a program: the desk's HTTP stack with nothing behind it, to measure what HTTP alone costs.

uvicorn and Starlette as the desk uses them; every POST gets the same answer, nothing is stored. The
telephones' pages are constants of about the size of the real ones, the code is always the same.
"""

from __future__ import annotations

import json
import socket

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

_ANSWER = {"outcome": "signed_in", "seq": 1, "name": "王建国", "unit": "县水利局", "late_minutes": 0}
_FORM = '<form method="post" action="/s/sign-in"><input type="hidden" name="ticket" value="none">'
_PAGE = _FORM + "x" * 6000


async def _answer(request: Request) -> Response:
    await request.body()
    return JSONResponse(_ANSWER, 201)


async def _page(request: Request) -> Response:
    return HTMLResponse(_PAGE)


async def _sent_in(request: Request) -> Response:
    await request.body()
    return HTMLResponse(_PAGE, 201)


def main() -> None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    print(json.dumps({"ready": True, "url": url, "token": "none"}), flush=True)
    print(json.dumps({"event": "code", "payload": f"{url}/s/code"}), flush=True)
    app = Starlette(
        routes=[
            Route("/api/sign-ins", _answer, methods=["POST"]),
            Route("/s/sign-in", _sent_in, methods=["POST"]),
            Route("/s/{code}", _page),
        ]
    )
    config = uvicorn.Config(
        app, ws="none", lifespan="off", log_config=None, access_log=False, proxy_headers=False
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
