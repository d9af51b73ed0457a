# What a line may not hold. Each row of words.tsv names the files it speaks of, the pattern, the files it
# spares and what is expected; exceptions.tsv beside it lists single files with the reason why.

BEGIN {
  while ((getline row < table) > 0) {
    if (row ~ /^#/) continue
    split(row, cell, "\t")
    count++
    scope[count] = cell[1]; pattern[count] = cell[2]; spared[count] = cell[3]; expected[count] = cell[4]
  }
  sub(/words\.tsv$/, "exceptions.tsv", table)
  while ((getline row < table) > 0) {
    if (row ~ /^#/) continue
    if (split(row, cell, "\t") < 3 || cell[3] == "")
      printf "scripts/rules/exceptions.tsv:1: \"%s\" has no reason, expected one\n", row
    excepted[cell[1], cell[2]] = 1
  }
}

FNR == 1 {
  active = 0
  for (i = 1; i <= count; i++)
    if (FILENAME ~ scope[i] && (spared[i] == "-" || FILENAME !~ spared[i]) && !((FILENAME, pattern[i]) in excepted))
      use[++active] = i
}

{
  for (i = 1; i <= active; i++)
    if (match($0, pattern[use[i]])) {
      found = substr($0, RSTART, RLENGTH)
      gsub(/^[^A-Za-z@.\/]+|[ ]+$/, "", found)
      printf "%s:%d: \"%s\", expected %s\n", FILENAME, FNR, found, expected[use[i]]
    }
}
