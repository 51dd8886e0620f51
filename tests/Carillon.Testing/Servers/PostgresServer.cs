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
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly string _directory;
    private readonly Process _process;

    private PostgresServer(string directory, Process process, int port)
    {
        _directory = directory;
        _process = process;
        Port = port;
    }

    /// <summary>Its port on the loopback address.</summary>
    public int Port { get; }

    /// <summary>The process id of the server.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts a server and waits until it takes connections.</summary>
    /// <param name="settings">More server settings, each as <c>name=value</c>.</param>
    /// <exception cref="InvalidOperationException">
    /// PostgreSQL is not installed, or the server did not start; the message says why.
    /// </exception>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var binaries = FindBinaries();
        var directory = Directory.CreateTempSubdirectory("carillon-postgres-").FullName;
        var data = Path.Combine(directory, "data");
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", [ServerUser, directory]);
        }

        var initdb = Unprivileged(Path.Combine(binaries, "initdb"));
        await RunAsync(
            initdb[0], [.. initdb[1..], "-D", data, "-A", "trust", "-U", ServerUser, "-E", "UTF8", "--no-locale", "--no-sync"]);
        var port = LoopbackPort.Free();
        var postgres = Unprivileged(Path.Combine(binaries, "postgres"));
        string[] own =
        [
            "listen_addresses=127.0.0.1", $"port={port}", $"unix_socket_directories={directory}", "max_connections=200",
        ];
        var process = Start(
            postgres[0], [.. postgres[1..], "-D", data, .. own.Concat(settings).SelectMany(
                setting => new[] { "-c", setting })]);
        await WaitUntilReadyAsync(process);
        return new PostgresServer(directory, process, port);
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
        await using var connection = new NpgsqlConnection(ConnectionStringFor("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionStringFor(name);
    }

    /// <summary>Stops the server and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _ = Kill(_process.Id, FastShutdown);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
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

    private static string[] Unprivileged(string program)
    {
        return Environment.IsPrivilegedProcess
            ? ["setpriv", $"--reuid={ServerUser}", $"--regid={ServerUser}", "--clear-groups", program]
            : [program];
    }

    private static Process Start(string program, IEnumerable<string> arguments)
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
            else if (line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
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
