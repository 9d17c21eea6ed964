"""What is kept of the dialogues: masked first, written behind the answer, deleted after a while."""
