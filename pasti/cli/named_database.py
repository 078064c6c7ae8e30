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
    numbers = named.get("port", "").replace(",", "")  # one for all hosts, or for each its own or none
    if not named or (numbers and not numbers.isdigit()) or "@" in named.get("host", ""):  # part of a password may be in it
        raise PostgresError(
            "DATABASE_URL bukan alamat PostgreSQL. Tulis postgresql://pengguna:sandi@tuan-rumah:5432/nama; "
            "tanda @ dan / di dalam sandi ditulis %40 dan %2F."
        )
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError as reason:
        raise PostgresError(f"{_place(named)} tidak dapat dipakai: {_why(reason, named)}") from None


def _place(named: dict[str, str]) -> str:
    hosts, ports = named.get("host", "soket setempat").split(","), named.get("port", "").split(",")
    each = ports if len(ports) == len(hosts) else ports * len(hosts)
    places = ", ".join(f"{host}:{port}" if port else host for host, port in zip(hosts, each, strict=False))
    return f"Basis data {named.get('dbname', named.get('user', ''))} di {places} (DATABASE_URL)"


def _why(reason: Exception, named: dict[str, str]) -> str:
    said, password = " ".join(str(reason).split()), named.get("password")
    return said.replace(password, "…") if password else said
