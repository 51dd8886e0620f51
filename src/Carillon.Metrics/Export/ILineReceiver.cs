namespace Carillon.Metrics;

/// <summary>Where lines are sent.</summary>
internal interface ILineReceiver : IDisposable
{
    /// <summary>The most bytes it takes at once.</summary>
    int MaxBytes { get; }

    /// <summary>Sends lines.</summary>
    /// <param name="text">Lines, separated by line feeds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">It does not take them.</exception>
    Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken);
}
