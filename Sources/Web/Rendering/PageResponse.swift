import HTTPTypes
import Hummingbird
import NIOCore
import Records
import Rulebooks

/// A page: a template, what it names, and how it is answered.
struct Page {
    let template: String
    var values: [String: Any]
    var status: HTTPResponse.Status = .ok
}

extension Site {
    /// A page in the frame that all pages share.
    func response(_ page: Page, _ context: SiteContext) -> Response {
        var values = frame(context)
        values.merge(page.values) { _, own in own }
        guard let html = renderer.render(page.template, values, language: context.language) else {
            logger.error("no template", metadata: ["template": "\(page.template)"])
            return Response(status: .internalServerError)
        }
        return Self.html(html, status: page.status)
    }

    static func html(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
                .contentLanguage: "zh-CN, en",
            ],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }

    /// Leads on after a form was taken, so that going back does not send it again.
    static func redirect(to address: String) -> Response {
        Response(status: .seeOther, headers: [.location: address, .cacheControl: "no-store"])
    }

    /// A way within the site, or the home page: never to another host.
    static func safeAddress(_ address: String?) -> String {
        guard let address, address.hasPrefix("/"), !address.hasPrefix("//"), !address.hasPrefix("/\\"),
            address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), address.utf8.count <= 2_000
        else { return "/" }
        return address
    }
}
