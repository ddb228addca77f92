"""Doc → mentions: agencies, places, waters, programmes, projects."""
