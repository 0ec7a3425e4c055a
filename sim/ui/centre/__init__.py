"""The page My centre: a planner's own report and figures brought, a world fitted to them, kept, and asked what if."""
