"""The web chat: ``python app.py`` serves http://127.0.0.1:7860."""

from assistant.web import main

if __name__ == "__main__":
    main()
