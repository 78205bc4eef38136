package io.github.cxoneassist.bench;

/**
 * What a contender has to do.
 *
 * @param warmUp suggestions before anything is measured
 * @param suggestions as fast as it goes, in quarters
 * @param steady suggestions at the steady rate
 * @param rate suggestions a second
 */
record Plan(int warmUp, int suggestions, int steady, int rate) {

    int total() {
        return warmUp + suggestions + steady;
    }

    String text() {
        return warmUp + "," + suggestions + "," + steady + "," + rate;
    }

    static Plan parse(String text) {
        String[] numbers = text.split(",");
        return new Plan(
                Integer.parseInt(numbers[0]),
                Integer.parseInt(numbers[1]),
                Integer.parseInt(numbers[2]),
                Integer.parseInt(numbers[3]));
    }
}
