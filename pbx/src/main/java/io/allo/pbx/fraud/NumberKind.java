package io.allo.pbx.fraud;

import io.allo.pbx.conf.Text;

/** What a number asked of a trunk is, as far as money and permission go. */
public enum NumberKind {
    EMERGENCY("an emergency number", "un numéro d'urgence"),
    PRIVATE("no public number: an extension of the other side", "pas un numéro public : un poste de l'autre côté"),
    SHORT("a short number of the home country", "un numéro court du pays"),
    ORDINARY("an ordinary number", "un numéro ordinaire"),
    TOLL_FREE("a free number", "un numéro gratuit"),
    PREMIUM("a premium number", "un numéro surtaxé"),
    SHARED_COST("a shared-cost number", "un numéro à coût partagé"),
    SATELLITE("a satellite or global network", "un réseau satellite ou mondial"),
    UNKNOWN("no number of any numbering plan", "un numéro d'aucun plan de numérotation");

    private final Text words;

    NumberKind(String english, String french) {
        words = new Text(english, french);
    }

    /** In words. */
    public Text words() {
        return words;
    }
}
