using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Undertone.Testing;

/// <summary>What was asked of a <see cref="LocalServer"/>.</summary>
/// <param name="Path">Path and query, as they came.</param>
/// <param name="Headers">The headers by name.</param>
/// <param name="Before">How often the same path was asked before.</param>
internal sealed record LocalRequest(string Path, IReadOnlyDictionary<string, string> Headers, int Before)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The first byte that is asked for.</summary>
    public int From => Header("Range") is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
}

/// <summary>What a <see cref="LocalServer"/> answers, true or not.</summary>
internal sealed record LocalAnswer(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    /// <summary>The length that is announced; null for none.</summary>
    public long? Announced { get; init; } = Body.Length;

    /// <summary>Bytes of the body after which the connection is closed.</summary>
    public int? BreakAfter { get; init; }

    /// <summary>Bytes of the body after which nothing more comes, and the connection stays open.</summary>
    public int? StallAfter { get; init; }

    /// <summary>A file as servers with ranges and entity tags give it (RFC 9110, sections 13 and 14).</summary>
    public static LocalAnswer File(LocalRequest request, byte[] content)
    {
        var tag = TagOf(content);
        if (request.Header("Range") is null || (request.Header("If-Range") ?? tag) != tag)
        {
            return new LocalAnswer(200, content, ("ETag", tag), ("Accept-Ranges", "bytes"));
        }

        return request.From >= content.Length
            ? new LocalAnswer(416, [], ("Content-Range", $"bytes */{content.Length}"))
            : new LocalAnswer(206, content[request.From..], ("ETag", tag), ("Content-Range", $"bytes {request.From}-{content.Length - 1}/{content.Length}"));
    }

    public static string TagOf(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";

    public static LocalAnswer Text(string text, int status = 200) => new(status, Encoding.UTF8.GetBytes(text));
}

/// <summary>An HTTP server on 127.0.0.1 that answers as a test wants, sockets and all: it may break off, stall and lie.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, Func<LocalRequest, LocalAnswer>> _answers = new();
    private readonly ConcurrentQueue<LocalRequest> _requests = new();

    public LocalServer()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/mirror/");
        _ = Listen();
    }

    /// <summary>The address of what is served.</summary>
    public Uri Address { get; }

    /// <summary>What was asked so far.</summary>
    public IReadOnlyList<LocalRequest> Requests => [.. _requests];

    /// <summary>Serves a file below <see cref="Address"/>.</summary>
    public LocalServer Serve(string path, byte[] content) => On(path, request => LocalAnswer.File(request, content));

    /// <summary>Answers what is asked of a path below <see cref="Address"/>.</summary>
    public LocalServer On(string path, Func<LocalRequest, LocalAnswer> answer)
    {
        _answers[path] = answer;
        return this;
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                _ = Answer(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                if (await Read(stream) is not { } request)
                {
                    return;
                }

                _requests.Enqueue(request);
                var answer = _answers.TryGetValue(request.Path, out var found) ? found(request) : LocalAnswer.Text($"no {request.Path}", 404);
                var head = new StringBuilder($"HTTP/1.1 {answer.Status} Answer\r\nConnection: close\r\n");
                foreach (var (name, value) in answer.Headers)
                {
                    head.Append($"{name}: {value}\r\n");
                }

                if (answer.Announced is { } length)
                {
                    head.Append($"Content-Length: {length}\r\n");
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _end.Token);
                await stream.WriteAsync(answer.Body.AsMemory(0, answer.BreakAfter ?? answer.StallAfter ?? answer.Body.Length), _end.Token);
                await stream.FlushAsync(_end.Token);
                if (answer.StallAfter is not null)
                {
                    await Task.Delay(Timeout.Infinite, _end.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // the client has gone, or the test is over
            }
        }
    }

    private async Task<LocalRequest?> Read(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var path = lines[0].Split(' ')[1];
        path = path.StartsWith(Address.AbsolutePath, StringComparison.Ordinal) ? path[Address.AbsolutePath.Length..] : path;
        var headers = lines.Skip(1).Select(l => l.Split(": ", 2)).ToDictionary(h => h[0], h => h[1], StringComparer.OrdinalIgnoreCase);
        return new LocalRequest(path, headers, _requests.Count(r => r.Path == path));
    }
}
