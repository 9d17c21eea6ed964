"""Greetings, thanks, "what can you do": short answers of our own, with questions that the plan does answer."""

from __future__ import annotations

from assistant.draft import Draft

REPLIES = {
    "greeting": "您好！我是政策问答助手，可以回答已收录方案中的任务分工、目标指标和具体规定。您可以这样问：",
    "thanks": "不客气。您还可以接着问，例如：",
    "goodbye": "再见。需要时随时来问，例如：",
    "acknowledge": "好的。您还可以接着问，例如：",
    "help": "我依据已收录方案的原文回答三类问题：任务由谁牵头、谁参与；目标是多少、到哪一年、是不是力争；方案对某件事怎么规定。每个答案都附原文出处；方案没有写的，我会直说没有写。您可以这样问：",
    "identity": "我是政策问答助手，是一个自动程序，不是工作人员。我只依据已收录方案的原文回答，并给出出处。您可以这样问：",
    "praise": "谢谢。您还可以接着问，例如：",
    "complaint": "抱歉，没有答到您要的内容。请换一种说法，写出要问的任务、指标或单位，例如：",
}


def respond_speech(act: str, draft: Draft, examples: tuple[str, ...]) -> Draft:
    """Answer a turn that asks nothing of the plan."""
    draft.status = "out_of_scope"
    draft.say(REPLIES[act], "\n".join(f"- {question}" for question in examples))
    draft.suggestions = examples
    return draft
