"""有用 and 没用: the address that takes what a reader thinks of an answer, and the buttons below it."""

from __future__ import annotations

import json
from html import escape

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.records.kept import MAX_REASON, REASONS
from assistant.records.recorder import Recorder

UNCLEAR = "没有看懂这条评价。"
GONE = "这条回答已不在服务器上，没能保存评价。"
THANKS = "谢谢，已记下。"


def rating_router(recorder: Recorder) -> APIRouter:
    """Return the route ``POST /feedback``: ``{"turn", "useful", "reason"?}``. The answer itself does not depend on it."""
    router = APIRouter()

    @router.post("/feedback")
    async def rate(request: Request) -> Response:
        try:
            said = json.loads(await request.body())
            turn, useful, reason = said["turn"], said["useful"], said.get("reason", "")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return JSONResponse({"detail": UNCLEAR}, 400)
        if not (isinstance(turn, str) and isinstance(useful, bool) and isinstance(reason, str)):
            return JSONResponse({"detail": UNCLEAR}, 400)
        if len(reason) > MAX_REASON:
            return JSONResponse({"detail": f"理由请写在 {MAX_REASON} 字以内。"}, 400)
        if not recorder.rate(turn, useful, "" if useful else reason):
            return JSONResponse({"detail": GONE}, 404)
        return JSONResponse({"detail": THANKS})

    return router


def rating_html(turn_id: str) -> str:
    """Return the buttons of one answer; none where it cannot be rated."""
    if not turn_id:
        return ""
    reasons = "".join(f'<button type="button" class="ask" data-reason="{text}">{text}</button>' for text in REASONS)
    return (
        f'<div class="rate" data-turn="{escape(turn_id)}"><span class="acts">'
        '<button type="button" class="act" data-useful="1" aria-label="这个回答有用">有用</button>'
        '<button type="button" class="act" data-useful="" aria-label="这个回答没用" aria-expanded="false">没用</button></span>'
        f'<form class="why" hidden><p>哪里不好？</p><div class="asks">{reasons}</div>'
        f'<p class="words-of-own"><input type="text" maxlength="{MAX_REASON}" aria-label="其他理由" placeholder="也可以写一句（不要写个人信息）">'
        '<button type="submit" class="act">提交</button></p></form>'
        '<small class="said" role="status">评价时，这一问一答和此前的提问会一起保存</small></div>'
    )
