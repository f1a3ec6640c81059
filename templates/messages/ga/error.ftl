# What is wrong with an answer, and pages for what went wrong. What is missing here is said in English.

error-mandatory-question = Iontráil freagra
error-mandatory-textfield = Iontráil freagra
error-mandatory-number = Iontráil freagra
error-mandatory-textarea = Iontráil freagra
error-mandatory-dropdown = Roghnaigh freagra
error-mandatory-date = Iontráil dáta
error-invalid-number = Cuir uimhir isteach
error-invalid-date = Cuir isteach dáta bailí
not-found-title = Níl teacht ar an leathanach
