using System.Globalization;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Npgsql;

namespace Carillon.Testing;

/// <summary>
/// A private PostgreSQL server made from the installed binaries: its own data directory and loopback port, durable as
/// in production. Under root it runs as user postgres, because PostgreSQL refuses root.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string ServerUser = "postgres";
    private const int FastShutdown = 2;
    private const int ImmediateShutdown = 3;

    private const string UntilSynchronous =
        """
        DO $$ BEGIN
          WHILE NOT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync') LOOP
            PERFORM pg_sleep(0.05), pg_stat_clear_snapshot();
          END LOOP;
        END $$
        """;

    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly string _directory;
    private readonly string[] _settings;
    private Process? _process;

    private PostgresServer(string directory, int port, string[] settings)
    {
        _directory = directory;
        _settings = settings;
        Port = port;
    }

    /// <summary>Its port on the loopback address.</summary>
    public int Port { get; }

    /// <summary>The process id of the server.</summary>
    public int ProcessId => Running.Id;

    private string Data => Path.Combine(_directory, "data");

    private Process Running => _process ?? throw new InvalidOperationException("the server is stopped");

    /// <summary>Starts a server and waits until it takes connections.</summary>
    /// <param name="settings">More server settings, each as <c>name=value</c>.</param>
    /// <exception cref="InvalidOperationException">
    /// PostgreSQL is not installed, or the server did not start; the message says why.
    /// </exception>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var server = await InEmptyDirectoryAsync(settings);
        await RunAsync("initdb", ["-D", server.Data, "-A", "trust", "-U", ServerUser, "-E", "UTF8", "--no-locale", "--no-sync"]);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>
    /// Starts a standby of this server, and lets every commit of this server wait until the standby has it, too.
    /// </summary>
    public async Task<PostgresServer> StartStandbyAsync()
    {
        var standby = await InEmptyDirectoryAsync(_settings);
        await RunAsync("pg_basebackup", ["-D", standby.Data, "-R", "-c", "fast", "--no-sync", "-d", ConnectionStringOf(this)]);
        await standby.StartAgainAsync();
        await ExecuteAsync("ALTER SYSTEM SET synchronous_standby_names = '*'");
        await ExecuteAsync("SELECT pg_reload_conf()");
        await ExecuteAsync(UntilSynchronous);
        return standby;

        static string ConnectionStringOf(PostgresServer server)
        {
            return string.Create(CultureInfo.InvariantCulture, $"host=127.0.0.1 port={server.Port} user={ServerUser}");
        }
    }

    /// <summary>Makes a standby a server of its own, which takes writes.</summary>
    public async Task PromoteAsync()
    {
        await ExecuteAsync("SELECT pg_promote()");
    }

    /// <summary>Starts a server that was stopped, and waits until it takes connections.</summary>
    /// <exception cref="InvalidOperationException">The server did not start; the message says why.</exception>
    public async Task StartAgainAsync()
    {
        string[] own =
        [
            "listen_addresses=127.0.0.1", $"port={Port}", $"unix_socket_directories={_directory}", "max_connections=200",
        ];
        _process = Start("postgres", ["-D", Data, .. own.Concat(_settings).SelectMany(setting => new[] { "-c", setting })]);
        await WaitUntilReadyAsync(_process);
    }

    /// <summary>Stops the server: in order, or as a crash does, so that its next start has to recover.</summary>
    public async Task StopAsync(bool crash = false)
    {
        _ = Kill(Running.Id, crash ? ImmediateShutdown : FastShutdown);
        await Running.WaitForExitAsync();
        Running.Dispose();
        _process = null;
    }

    /// <summary>The connection string of a database of this server.</summary>
    public string ConnectionStringFor(string database)
    {
        return $"Host=127.0.0.1;Port={Port};Username={ServerUser};Database={database}";
    }

    /// <summary>Makes a database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await ExecuteAsync($"CREATE DATABASE \"{name}\"");
        return ConnectionStringFor(name);
    }

    /// <summary>Stops the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is not null)
        {
            await StopAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<PostgresServer> InEmptyDirectoryAsync(string[] settings)
    {
        var directory = Directory.CreateTempSubdirectory("carillon-postgres-").FullName;
        if (Environment.IsPrivilegedProcess)
        {
            using var process = Launch("chown", [ServerUser, directory]);
            await EndAsync("chown", process);
        }

        return new PostgresServer(directory, LoopbackPort.Free(), settings);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionStringFor("postgres") + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is one of this file's own.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static string FindBinaries()
    {
        const string Root = "/usr/lib/postgresql";
        var versions = Directory.Exists(Root) ? Directory.GetDirectories(Root) : [];
        return versions
            .Select(directory => Path.Combine(directory, "bin"))
            .Where(directory => File.Exists(Path.Combine(directory, "postgres")))
            .MaxBy(directory => VersionOf(Path.GetFileName(Path.GetDirectoryName(directory))))
            ?? throw new InvalidOperationException(
                $"no PostgreSQL server under {Root}: install the package postgresql");
    }

    private static double VersionOf(string? directory)
    {
        return double.TryParse(directory, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    /// <summary>Starts a program of PostgreSQL, as a user that it accepts.</summary>
    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var path = Path.Combine(FindBinaries(), program);
        return Environment.IsPrivilegedProcess
            ? Launch("setpriv", [$"--reuid={ServerUser}", $"--regid={ServerUser}", "--clear-groups", path, .. arguments])
            : Launch(path, arguments);
    }

    private static Process Launch(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments);
        await EndAsync(program, process);
    }

    private static async Task EndAsync(string program, Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed: {error} {await output}");
        }
    }

    /// <summary>
    /// Reads the server's log up to the line that says it is ready, and goes on reading so that it never blocks on it.
    /// </summary>
    private static async Task WaitUntilReadyAsync(Process process)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var log = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"the server ended: {string.Join('\n', log)}"));
            }
            else if (line.Data.Contains("ready to accept", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
            else if (!ready.Task.IsCompleted)
            {
                log.Add(line.Data);
            }
        };
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await ready.Task.WaitAsync(StartDeadline);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
