namespace Carillon.Hosting;

/// <summary>How an OpenTelemetry collector is spoken to.</summary>
public enum OtlpProtocol
{
    /// <summary>Protocol buffers in the bodies of POST requests.</summary>
    HttpProtobuf,

    /// <summary>gRPC.</summary>
    Grpc,
}
