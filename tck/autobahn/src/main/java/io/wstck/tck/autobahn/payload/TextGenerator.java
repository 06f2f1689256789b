package io.wstck.tck.autobahn.payload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generates sample texts: JSON records, prose, and an HTML page. */
final class TextGenerator {
    private static final int JSON_SIZE = 194_056;
    private static final int PROSE_SIZE = 222_218;
    private static final int HTML_SIZE = 263_647;
    private static final int VOCABULARY = 4_000;
    private static final String CONSONANTS = "bcdfghjklmnprstvwz";
    private static final String VOWELS = "aaeeeiioouäöü";
    private static final String ENDS = "nrst";
    private static final List<String> STATES = List.of("idle", "open", "shut", "warm");

    private TextGenerator() {}

    static byte[] json(Random random) {
        StringBuilder all = new StringBuilder("[\n");
        for (int i = 0; all.length() < JSON_SIZE; i++) {
            all.append("""
                      {
                        "station": "north-%04d",
                        "state": "%s",
                        "temperature": 21.%d,
                        "pressure": 1013,
                        "tags": ["measured", "calibrated", "public"],
                        "valid": true
                      },
                    """.formatted(i, STATES.get(random.nextInt(STATES.size())), random.nextInt(100)));
        }
        return cut(all, JSON_SIZE);
    }

    static byte[] prose(Random random) {
        String[] words = new String[VOCABULARY];
        Arrays.setAll(words, _ -> word(random));
        StringBuilder all = new StringBuilder();
        int sentence = 0;
        while (all.length() < PROSE_SIZE) {
            // Few words are frequent, most are rare, as in any language.
            String word = words[(int) (VOCABULARY * Math.pow(random.nextDouble(), 3.0))];
            all.append(sentence == 0 ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word);
            sentence++;
            if (sentence > 5 && random.nextInt(10) == 0) {
                all.append(random.nextInt(6) == 0 ? ".\n" : ". ");
                sentence = 0;
            } else {
                all.append(random.nextInt(12) == 0 ? ", " : " ");
            }
        }
        return cut(all, PROSE_SIZE);
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        int syllables = 1 + random.nextInt(4);
        for (int i = 0; i < syllables; i++) {
            word.append(oneOf(CONSONANTS, random)).append(oneOf(VOWELS, random));
            if (random.nextInt(3) == 0) {
                word.append(oneOf(ENDS, random));
            }
        }
        return word.toString();
    }

    private static char oneOf(String letters, Random random) {
        return letters.charAt(random.nextInt(letters.length()));
    }

    static byte[] html(Random random) {
        StringBuilder all =
                new StringBuilder("<!DOCTYPE html>\n<html><head><title>Übersicht</title></head><body>\n<table>\n");
        for (int row = 0; all.length() < HTML_SIZE; row++) {
            all.append("""
                    <tr class="row"><td class="number">%d</td><td class="name"><a href="/item/%d">Item %s</a></td>\
                    <td class="price">%d.%02d</td><td class="stock">available</td></tr>
                    """.formatted(
                            row, row, random.nextInt(50) == 0 ? "größer" : "plain", 10 + row % 7, random.nextInt(20)));
        }
        return cut(all, HTML_SIZE);
    }

    /** The first {@code size} bytes. Blanks replace a character that would be cut. */
    private static byte[] cut(StringBuilder text, int size) {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(bytes, size);
        for (int last = size - 1; size < bytes.length && (bytes[size] & 0xC0) == 0x80; last--) {
            boolean lead = (all[last] & 0xC0) == 0xC0;
            all[last] = ' ';
            if (lead) {
                break;
            }
        }
        return all;
    }
}
