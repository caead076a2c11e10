package io.allo.pbx.settings;

import io.allo.media.codec.OpusFormat;
import io.allo.media.codec.OpusSettings;
import io.allo.media.codec.OpusSettings.Application;
import io.allo.media.codec.OpusSettings.Bandwidth;
import io.allo.media.codec.OpusSettings.Signal;
import io.allo.pbx.conf.ConfFile;
import io.allo.pbx.conf.ConfProblem;
import io.allo.pbx.conf.ConfSection;
import io.allo.pbx.conf.OptionType;
import io.allo.pbx.conf.SectionReader;
import io.allo.pbx.conf.Text;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * codecs.conf: the section {@code [opus]} with {@code type=opus} becomes {@link OpusSettings}. Other sections are of codecs that have no
 * settings here (speex, silk), or are formats of a name of their own, which is not supported: said once each. No state.
 */
public final class OpusConf {

    private static final Map<String, Signal> SIGNALS =
            Map.of("auto", Signal.AUTO, "voice", Signal.VOICE, "music", Signal.MUSIC);
    private static final Map<String, Application> APPLICATIONS =
            Map.of("voip", Application.VOIP, "audio", Application.AUDIO, "low_delay", Application.LOW_DELAY);
    private static final Map<String, Bandwidth> BANDWIDTHS = Map.of(
            "narrow", Bandwidth.NARROW,
            "medium", Bandwidth.MEDIUM,
            "wide", Bandwidth.WIDE,
            "super_wide", Bandwidth.SUPER_WIDE,
            "full", Bandwidth.FULL);

    private OpusConf() {}

    /** Reads the file; what is wrong is reported and the default taken. */
    public static OpusSettings read(ConfFile file, Consumer<ConfProblem> problems) {
        var settings = OpusSettings.DEFAULT;
        for (var section : file.sections()) {
            var name = section.name().toLowerCase(Locale.ROOT);
            if (name.equals("opus")) {
                settings = opus(section, problems);
            } else if (!name.equals("plc") && !name.equals("general")) {
                problems.accept(ConfProblem.warning(
                        section.file(),
                        section.line(),
                        "codec-section",
                        new Text(
                                "[" + section.name() + "] sets nothing here: only [opus] has settings",
                                "[" + section.name() + "] ne règle rien ici : seul [opus] a des réglages"),
                        null));
            }
        }
        return settings;
    }

    private static OpusSettings opus(ConfSection section, Consumer<ConfProblem> problems) {
        var reader = new SectionReader(section, problems);
        var usual = OpusSettings.DEFAULT;
        reader.text("type", "opus");
        var settings = new OpusSettings(
                reader.integer("packet_loss", usual.packetLoss(), 0, 100),
                reader.integer("complexity", usual.complexity(), 0, OpusSettings.MOST_COMPLEXITY),
                reader.value("signal", OptionType.oneOf(SIGNALS), usual.signal()),
                reader.value("application", OptionType.oneOf(APPLICATIONS), usual.application()),
                reader.integer(
                        "max_playback_rate",
                        usual.maxPlaybackRateHz(),
                        OpusFormat.LEAST_RATE,
                        usual.maxPlaybackRateHz()),
                reader.value("max_bandwidth", OptionType.oneOf(BANDWIDTHS), usual.maxBandwidth()),
                bitrate(reader),
                reader.yesNo("cbr", usual.cbr()),
                reader.yesNo("fec", usual.fec()),
                reader.yesNo("dtx", usual.dtx()));
        reader.finish();
        return settings;
    }

    private static int bitrate(SectionReader reader) {
        return switch (reader.text("bitrate", "auto").toLowerCase(Locale.ROOT)) {
            case "auto" -> OpusSettings.AUTO;
            case "max" -> OpusSettings.MAX;
            default -> reader.integer("bitrate", OpusSettings.AUTO, OpusFormat.LEAST_BITRATE, OpusFormat.MOST_BITRATE);
        };
    }
}
