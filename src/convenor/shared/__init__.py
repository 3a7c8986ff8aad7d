"""What every domain uses: errors, references, journal, jobs, mail, charts, pages."""
