"""``python -m corpus``."""

from corpus.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
