"""The poster as a PDF: `content.read_poster` reads what stands on it, `worker.draw` draws it in another process."""
