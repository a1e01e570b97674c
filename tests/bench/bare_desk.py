"""Run as a program: the desk's HTTP stack with nothing behind it, to measure what HTTP alone costs.

uvicorn and Starlette as the desk uses them; every POST gets the same answer, nothing is stored.
"""

from __future__ import annotations

import json
import socket

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

_ANSWER = {"outcome": "signed_in", "seq": 1, "name": "王建国", "unit": "县水利局", "late_minutes": 0}


async def _answer(request: Request) -> Response:
    await request.body()
    return JSONResponse(_ANSWER, 201)


def main() -> None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(2048)
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    print(json.dumps({"ready": True, "url": url, "token": "none"}), flush=True)
    app = Starlette(routes=[Route("/api/sign-ins", _answer, methods=["POST"])])
    config = uvicorn.Config(
        app, ws="none", lifespan="off", log_config=None, access_log=False, proxy_headers=False
    )
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
