"""The pages: short scripts, each the page of one room."""
