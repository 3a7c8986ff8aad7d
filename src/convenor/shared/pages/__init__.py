"""What every page shares: middleware, look, language, errors."""
