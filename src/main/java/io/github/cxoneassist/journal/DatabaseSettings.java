package io.github.cxoneassist.journal;

import java.util.Objects;

/**
 * Where the journal's database is.
 *
 * @param url a JDBC URL, such as {@code jdbc:sqlite:data/journal.db}
 * @param user null where the database knows no users
 * @param password null where there is none
 * @param migrateUser who may change the tables; null where that is nobody else, or is to be left to somebody else
 * @param migratePassword null where there is none
 */
public record DatabaseSettings(String url, String user, String password, String migrateUser, String migratePassword) {
    public DatabaseSettings(String url, String user, String password) {
        this(url, user, password, null, null);
    }

    public DatabaseSettings {
        Objects.requireNonNull(url, "url");
    }

    /** Without any password, not even one in the URL. */
    @Override
    public String toString() {
        String harmless = url.replaceAll("(?i)(password=)[^&;]*", "$1***").replaceAll("//[^/@]*@", "//***@");
        return "DatabaseSettings[url=" + harmless + ", user=" + user + ", password=" + (password == null ? null : "***")
                + ", migrateUser=" + migrateUser + "]";
    }
}
