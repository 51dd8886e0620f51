namespace Carillon.Node.Logging;

/// <summary>The log file cannot be written.</summary>
internal sealed class LogFileException(string message, Exception cause) : Exception(message, cause);
