/// Errors of the Planning module are listed here.
