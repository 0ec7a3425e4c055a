"""What is taken to a meeting: the report of a comparison as a page, a PDF and a workbook, in English and French."""

from sim.handouts.writing import FORMS, Form, form_of, report_bytes, write_report

__all__ = ["FORMS", "Form", "form_of", "report_bytes", "write_report"]
