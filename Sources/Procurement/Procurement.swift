/// Errors of the Procurement module are listed here.
