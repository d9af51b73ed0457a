/// Errors of the Inventory module are listed here.
