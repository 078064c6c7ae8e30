"""The database that DATABASE_URL names: whether it can be used, said without ever showing a password."""

from pasti.cli.binaries import PostgresError


def require(url: str) -> None:
    """PostgresError, with the host and the database, when the address is no address or nothing answers there."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        named = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError:
        named = {}
    if not named or not named.get("port", "5432").isdigit() or "@" in named.get("host", ""):  # part of a password may be in it
        raise PostgresError(
            "DATABASE_URL bukan alamat PostgreSQL. Tulis postgresql://pengguna:sandi@tuan-rumah:5432/nama; "
            "tanda @ dan / di dalam sandi ditulis %40 dan %2F."
        )
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as reason:
        raise PostgresError(f"{_place(named)} tidak dapat dipakai: {_why(reason, named)}") from None


def _place(named: dict[str, str]) -> str:
    host, database = named.get("host", "soket setempat"), named.get("dbname", named.get("user", ""))
    return f"Basis data {database} di {host}{':' + named['port'] if 'port' in named else ''} (DATABASE_URL)"


def _why(reason: Exception, named: dict[str, str]) -> str:
    said, password = " ".join(str(reason).split()), named.get("password")
    return said.replace(password, "…") if password else said
