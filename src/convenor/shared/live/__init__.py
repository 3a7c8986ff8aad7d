"""Pages that follow changes: numbered topics, what a page shows of them, and one stream per browser.

    tell(topic_of(meeting))                                in the transaction that changes something
    feeds.register("meetings.agenda", render)              in apps.ready(): what the page's parts are
    return follow(request, Channel("meetings.agenda", …))  in the view behind the page's door

See docs/explanation/live.md.
"""
