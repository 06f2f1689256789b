package io.wstck.tck.catalogue;

import java.util.Comparator;

/**
 * Orders ids of cases and clauses, and titles of sections. It compares runs of digits by their number, and all else as
 * text: {@code 14.1.2} comes before {@code 14.1.10}. Only equal texts compare as equal. Any thread.
 */
public final class NaturalOrder implements Comparator<String> {
    public static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String one, String other) {
        int here = 0;
        int there = 0;
        while (here < one.length() && there < other.length()) {
            int order;
            if (isDigit(one.charAt(here)) && isDigit(other.charAt(there))) {
                int hereEnd = digitsEnd(one, here);
                int thereEnd = digitsEnd(other, there);
                order = compareNumbers(one.substring(here, hereEnd), other.substring(there, thereEnd));
                here = hereEnd;
                there = thereEnd;
            } else {
                order = Character.compare(one.charAt(here), other.charAt(there));
                here++;
                there++;
            }
            if (order != 0) {
                return order;
            }
        }
        int rest = Integer.compare(one.length() - here, other.length() - there);
        return rest != 0 ? rest : one.compareTo(other);
    }

    /** Compares numbers of any length. Leading zeros do not count. */
    private static int compareNumbers(String one, String other) {
        String digits = withoutZeros(one);
        String otherDigits = withoutZeros(other);
        int order = Integer.compare(digits.length(), otherDigits.length());
        return order != 0 ? order : digits.compareTo(otherDigits);
    }

    private static String withoutZeros(String digits) {
        int begin = 0;
        while (begin < digits.length() && digits.charAt(begin) == '0') {
            begin++;
        }
        return digits.substring(begin);
    }

    private static int digitsEnd(String text, int begin) {
        int end = begin;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
