namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.store</c>.</summary>
public sealed class StoreOptions
{
    /// <summary>Which store. Default: <see cref="StoreProvider.Sqlite"/>.</summary>
    public StoreProvider Provider { get; set; } = StoreProvider.Sqlite;

    /// <summary>How to reach a PostgreSQL store, as Npgsql writes it. Required there.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The PostgreSQL schema of the tables. Default: <c>carillon</c>.</summary>
    public string Schema { get; set; } = "carillon";

    /// <summary>Whether the schema is brought up to date at start. Default: <see cref="MigrateMode.Auto"/>.</summary>
    public MigrateMode Migrate { get; set; } = MigrateMode.Auto;

    /// <summary>Operations that take this long are logged, with their slowest statement. Default: 1 s; 1 ms to 1 h.</summary>
    public TimeSpan SlowQuery { get; set; } = TimeSpan.FromSeconds(1);
}
