package org.grotto.format.las;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One reference system is one, however two files write it. */
class CrsIdentityTest {
    private static final String UTM =
            "PROJCS[\"WGS 84 / UTM zone 50N\",GEOGCS[\"WGS 84\",AUTHORITY[\"EPSG\",\"4326\"]],UNIT[\"metre\",1],AUTHORITY[\"EPSG\",\"32650\"]]";

    @Test
    void numberAndTextOfOneSystemAreOne() {
        assertThat(Crs.identity(UTM))
                .isEqualTo("EPSG:32650")
                .isEqualTo(Crs.identity(" epsg:32650 "))
                .isEqualTo(Crs.identity("PROJCRS[\"other words\", ID[\"EPSG\", 32650]]"));
    }

    @Test
    void blanksAreNoDifferenceButWordsAre() {
        String plain = "LOCAL_CS[\"Cave 12\",UNIT[\"metre\",1]]";
        assertThat(Crs.identity("LOCAL_CS[ \"Cave 12\" ,\n  UNIT[\"metre\", 1]]"))
                .isEqualTo(Crs.identity(plain));
        assertThat(Crs.identity("LOCAL_CS[\"Cave 13\",UNIT[\"metre\",1]]")).isNotEqualTo(Crs.identity(plain));
        assertThat(Crs.identity("EPSG:32651")).isNotEqualTo(Crs.identity(UTM));
        assertThat(Crs.identity("our own grid")).isEqualTo("our own grid");
    }

    @Test
    void itsNameIsShort() {
        assertThat(Crs.name(UTM)).isEqualTo("WGS 84 / UTM zone 50N");
        assertThat(Crs.name("EPSG:32650")).isEqualTo("EPSG:32650");
        assertThat(Crs.name("BOUNDCRS[SOURCECRS[PROJCRS[\"CGCS2000 / 3-degree\"]]]"))
                .isEqualTo("CGCS2000 / 3-degree");
        assertThat(Crs.name("x".repeat(500))).hasSize(80);
    }
}
