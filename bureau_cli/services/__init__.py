"""What the bureau does: one class per noun, its rules and its order. They name no library and see ports."""
