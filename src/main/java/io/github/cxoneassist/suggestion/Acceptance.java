package io.github.cxoneassist.suggestion;

/** How agents took what they were shown. */
public record Acceptance(long accepted, long dismissed) {

    public static final Acceptance NONE = new Acceptance(0, 0);

    public Acceptance {
        if (accepted < 0 || dismissed < 0) {
            throw new IllegalArgumentException(
                    "decisions cannot be fewer than none, but are " + accepted + " and " + dismissed);
        }
    }

    public long decisions() {
        return accepted + dismissed;
    }

    /** Accepted among all; 0 where nothing was decided. */
    public double rate() {
        return decisions() == 0 ? 0 : (double) accepted / decisions();
    }

    Acceptance plus(boolean acceptedOne) {
        return acceptedOne ? new Acceptance(accepted + 1, dismissed) : new Acceptance(accepted, dismissed + 1);
    }
}
