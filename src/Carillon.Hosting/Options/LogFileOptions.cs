using Carillon.Model.Configuration;

namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.logging.file</c>.</summary>
public sealed class LogFileOptions
{
    /// <summary>The file; its directory is made when it is missing. Default: none, and nothing is written.</summary>
    public string? Path { get; set; }

    /// <summary>How its lines look. Default: <see cref="LogFormat.Json"/>.</summary>
    public LogFormat Format { get; set; } = LogFormat.Json;

    /// <summary>The size at which a new file is begun, in bytes. Default: 64 MiB; 64 KiB to 64 GiB.</summary>
    [ByteSize]
    public long MaxSize { get; set; } = 64 * 1024 * 1024;

    /// <summary>How many files there are at most, the one that is written included. Default: 5; 1 to 1,000.</summary>
    public int MaxFiles { get; set; } = 5;
}
