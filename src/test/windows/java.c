/* Stands in for java.exe: writes down what it was told, one argument a line, and plays what the launcher waits for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int count, char **words) {
    FILE *log = fopen(getenv("STAND_IN_LOG"), "ab");
    if (!log) return 99;
    for (int i = 1; i < count; i++) {
        fprintf(log, "%s\n", words[i]);
        if (!strncmp(words[i], "-XX:AOTCacheOutput=", 19)) {
            FILE *cache = fopen(words[i] + 19, "w");
            if (cache) fclose(cache);
        }
    }
    fprintf(log, "--\n");
    fclose(log);
    const char *code = getenv("STAND_IN_EXIT");
    return strstr(words[count - 1], "Rehearsal") ? (getenv("STAND_IN_DULL") ? 1 : 0) : code ? atoi(code) : 0;
}
