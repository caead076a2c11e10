package io.allo.sip.registrar;

/** Limits of a {@link Registrar}: {@code maxBindings} over all addresses of record. */
public record RegistrarSettings(int maxBindings) {
    /** 200,000 bindings. */
    public static final RegistrarSettings DEFAULT = new RegistrarSettings(200_000);

    public RegistrarSettings {
        if (maxBindings <= 0) {
            throw new IllegalArgumentException("max " + maxBindings + " bindings");
        }
    }
}
