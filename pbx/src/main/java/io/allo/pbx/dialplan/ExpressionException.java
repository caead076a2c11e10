package io.allo.pbx.dialplan;

/** An expression {@code $[ ]} that cannot be read; the message says why and where, for an administrator. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    ExpressionException(String why, String expression, int position) {
        super("expression $[" + expression + "]: " + why + " at character " + (position + 1));
        this.position = position;
    }

    /** The index of the character where reading failed. */
    public int position() {
        return position;
    }
}
