package io.github.cxoneassist.journal;

import java.math.BigDecimal;
import java.math.BigInteger;

/** The number itself where a double holds it, else its text: RFC 8785 would write a rounded one. */
final class ExactNumber {
    private static final BigInteger MAX_SAFE = BigInteger.valueOf((1L << 53) - 1);

    private ExactNumber() {}

    static Object of(Number number) {
        if (number instanceof Byte || number instanceof Short || number instanceof Integer) {
            return number;
        } else if (number instanceof Long || number instanceof BigInteger) {
            BigInteger integer = new BigInteger(number.toString());
            return integer.abs().compareTo(MAX_SAFE) <= 0 ? (Object) integer.longValue() : integer.toString();
        }
        // by way of the text, so that a float 0.1 is recorded as 0.1
        double asDouble = number instanceof Double exact ? exact : parsed(number);
        return Double.isFinite(asDouble) && holds(asDouble, number) ? (Object) asDouble : number.toString();
    }

    private static boolean holds(double asDouble, Number number) {
        return number instanceof Double
                || new BigDecimal(Double.toString(asDouble)).compareTo(new BigDecimal(number.toString())) == 0;
    }

    private static double parsed(Number number) {
        try {
            return Double.parseDouble(number.toString());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
