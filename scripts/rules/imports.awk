# Which module a file may import, by the folder it lies in: the longest folder of the table that holds it.

BEGIN {
  FS = "\t"
  while ((getline row < table) > 0) {
    if (row ~ /^#/) continue
    split(row, cell, "\t")
    allowed[cell[1]] = (cell[2] == "" ? " " : " " cell[2] " ") "Foundation Glibc Synchronization Dispatch "
  }
}

FNR == 1 {
  best = ""
  for (folder in allowed)
    if (index(FILENAME, folder "/") == 1 && length(folder) > length(best)) best = folder
  if (best == "") printf "%s:1: a folder without import rules, expected a row in scripts/rules/imports.tsv\n", FILENAME
}

/^([a-z@_]+(\([^)]*\))? )*import / && best != "" {
  imported = $0
  sub(/^.*import ((struct|class|enum|protocol|func|typealias|let|var) )?/, "", imported)
  sub(/[. \/].*$/, "", imported)
  if (index(allowed[best], " " imported " ") == 0)
    printf "%s:%d: imports %s, expected one of:%s\n", FILENAME, FNR, imported, substr(allowed[best], 1, length(allowed[best]) - 1)
}
