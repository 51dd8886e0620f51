using Npgsql;

namespace Carillon.Persistence;

/// <summary>
/// The store's connections, each kind with the server settings of its work. All carry the incarnation as application
/// name; isolation is set, not assumed: the fence depends on READ COMMITTED.
/// </summary>
internal sealed class PostgreSqlConnections : IAsyncDisposable
{
    private const string Common =
        @"-c default_transaction_isolation=read\ committed -c idle_in_transaction_session_timeout=5s -c jit=off";

    // The writer's plans are made once and kept, so nothing in them may depend on how full the tables were that day.
    private const string WriterPlans =
        " -c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off"
        + " -c enable_mergejoin=off -c enable_material=off";

    private readonly NpgsqlDataSource _writer;
    private readonly NpgsqlDataSource _heartbeat;

    public PostgreSqlConnections(PostgreSqlStoreOptions options)
    {
        if ((options.ConnectionStringProblem ?? options.SchemaProblem) is { } problem)
        {
            throw new ArgumentException(problem, nameof(options));
        }

        Schema = options.Schema;
        _writer = Source(options, "-c statement_timeout=8s -c lock_timeout=5s" + WriterPlans, commandTimeout: 10, poolSize: 0);
        var patience = (int)options.LockTimeout.TotalMilliseconds;
        _heartbeat = Source(
            options,
            $"-c statement_timeout={2 * patience}ms -c lock_timeout={patience}ms",
            commandTimeout: 1 + (2 * patience / 1000),
            poolSize: 0);
        Membership = Source(options, $"-c statement_timeout=5s -c lock_timeout={patience}ms", commandTimeout: 6, poolSize: 2);
        Queries = Source(options, "-c statement_timeout=30s", commandTimeout: 35, poolSize: 8);
        Maintenance = Source(options, "-c statement_timeout=60s -c lock_timeout=2s", commandTimeout: 65, poolSize: 2);
    }

    /// <summary>The schema; safe to stand in SQL text.</summary>
    public string Schema { get; }

    /// <summary>Claims, releases, node rows: gives up soon when a row is locked.</summary>
    public NpgsqlDataSource Membership { get; }

    /// <summary>Recovery and lists.</summary>
    public NpgsqlDataSource Queries { get; }

    /// <summary>Schema changes and deletions.</summary>
    public NpgsqlDataSource Maintenance { get; }

    /// <summary>Opens the connection of the writer thread, on this thread.</summary>
    public NpgsqlConnection OpenWriter()
    {
        return _writer.OpenConnection();
    }

    /// <summary>Opens the connection of the heartbeat, on this thread.</summary>
    public NpgsqlConnection OpenHeartbeat()
    {
        return _heartbeat.OpenConnection();
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _heartbeat.DisposeAsync();
        await Membership.DisposeAsync();
        await Queries.DisposeAsync();
        await Maintenance.DisposeAsync();
    }

    /// <param name="options">Where the store is.</param>
    /// <param name="settings">Server settings of the session.</param>
    /// <param name="commandTimeout">
    /// Seconds until the client gives up; a little more than the server's own limit.
    /// </param>
    /// <param name="poolSize">The most connections; 0 for a connection outside of any pool.</param>
    private static NpgsqlDataSource Source(PostgreSqlStoreOptions options, string settings, int commandTimeout, int poolSize)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            ApplicationName = options.Incarnation.ToString("D"),
            SearchPath = options.Schema,
            Options = $"{Common} {settings}",
            CommandTimeout = commandTimeout,
            Timeout = Math.Min(5, commandTimeout),
            Pooling = poolSize > 0,
            MaxPoolSize = Math.Max(poolSize, 1),
            MaxAutoPrepare = poolSize > 0 ? 64 : 0,
            AutoPrepareMinUsages = 2,
            TcpKeepAlive = true,
            HostRecheckSeconds = 1, // of several hosts, one that has lost a connection would not be tried for longer than a lease
            IncludeErrorDetail = true,
        };
        return new NpgsqlDataSourceBuilder(builder.ConnectionString).UseLoggerFactory(StatementLogger.Instance).Build();
    }
}
