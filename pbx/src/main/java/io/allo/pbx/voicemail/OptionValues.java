package io.allo.pbx.voicemail;

import java.util.EnumMap;
import java.util.Map;

/** Values of {@link VoicemailOption}s; an option without one has its default. Immutable. */
public final class OptionValues {

    /** Every option has its default. */
    public static final OptionValues DEFAULT = new OptionValues(Map.of());

    private final Map<VoicemailOption, Object> values;

    private OptionValues(Map<VoicemailOption, Object> values) {
        this.values = values;
    }

    /** The same, with other values where some are given. Each must be of the option's type. */
    OptionValues with(Map<VoicemailOption, Object> others) {
        var all = new EnumMap<VoicemailOption, Object>(VoicemailOption.class);
        all.putAll(values);
        all.putAll(others);
        return new OptionValues(all);
    }

    private Object value(VoicemailOption option) {
        var written = values.get(option);
        return written == null ? option.fallback() : written;
    }

    /** The value of an option that is yes or no. */
    public boolean yes(VoicemailOption option) {
        return (Boolean) value(option);
    }

    /** The value of an option that is a whole number. */
    public int number(VoicemailOption option) {
        return (Integer) value(option);
    }

    /** The value of an option that is any number. */
    public double decimal(VoicemailOption option) {
        return (Double) value(option);
    }

    /** The value of an option that is a text. */
    public String text(VoicemailOption option) {
        return (String) value(option);
    }
}
